"""A portal for the widget's tests: the web channel's wire format with scripted answers and faults.

It serves ``web/`` under a policy stricter than any real portal's: no inline script or style, no markup from
strings (Trusted Types), nothing from elsewhere.
"""

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.web import script

WEB = Path(__file__).resolve().parents[2] / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
Message = dict[str, Any]


class Talk:
    """One conversation: its messages, and what its streams wait for."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.known: dict[str, int] = {}
        self.typing = False
        self.ended = ""
        self.changed = asyncio.Event()

    def add(self, author: str, body: Message) -> Message:
        message = {
            "seq": len(self.messages) + 1,
            "author": author,
            "channel": "web",
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "text": "",
            "links": [],
            "buttons": [],
            "card": None,
            "files": [],
            "outcome": None,
        } | body
        self.messages.append(message)
        self.tell()
        return message

    def tell(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


class Portal:
    """The server and the switches of a test; counts what it was asked."""

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.asked: Counter[str] = Counter()
        self.feedback: list[Message] = []
        self.bodies: list[Message] = []
        self.loaded: dict[str, int] = {}
        self.swallow_acks = 0
        """So many messages are kept, but the browser is told 503."""
        self.too_fast = 0
        """So many messages are refused with 429."""
        self.streams_fail = False
        self.expires_in = 86400
        self.answer_seconds = 0.05
        self.banners: list[Message] = []
        self.url = ""

    def app(self) -> Starlette:
        at = "/webhooks/web"
        routes = [
            Route(f"{at}/session", self.session, methods=["POST", "DELETE"]),
            Route(f"{at}/messages", self.messages, methods=["POST", "GET"]),
            Route(f"{at}/events", self.events),
            Route(f"{at}/files", self.files, methods=["POST"]),
            Route(f"{at}/feedback", self.take_feedback, methods=["POST"]),
            Route(f"{at}/banners", self.get_banners),
            Route(f"{at}/link", self.link, methods=["POST", "DELETE"]),
            Route("/elsewhere", self.elsewhere),
            Mount("/", StaticFiles(directory=WEB, html=True)),
        ]
        return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=self.protect)])

    async def protect(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        self.asked[f"{request.method} {request.url.path}"] += 1
        response = Response() if request.method == "OPTIONS" else await call_next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
        response.headers["Cache-Control"] = "no-store"
        if not request.url.path.startswith("/webhooks"):
            self.loaded[request.url.path] = int(response.headers.get("content-length", 0))
        return response

    def talk(self, request: Request, token: str = "") -> tuple[str, Talk | None]:
        sent = token or request.headers.get("authorization", "").removeprefix("Bearer ")
        sid = sent or request.cookies.get("dvc_s", "")
        talk = self.talks.get(sid)
        return sid, None if talk is None or talk.ended else talk

    async def elsewhere(self, request: Request) -> Response:
        """The page of another site that embeds the widget by its one tag."""
        script = f"http://127.0.0.1:{request.url.port}"
        tag = f'<script type="module" src="{script}/assistant.js"></script>'
        page = f'<!doctype html><html lang="vi"><title>Xã</title><body><h1>Xã</h1>{tag}'
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY.replace("'self'", script)})

    async def session(self, request: Request) -> Response:
        if request.method == "DELETE":
            _, talk = self.talk(request)
            if talk:
                talk.ended = "erased"
                talk.tell()
            return Response(status_code=204)
        sid, talk = self.talk(request, (await request.json()).get("token", ""))
        new = talk is None
        if talk is None:
            sid, talk = uuid4().hex, Talk()
            self.talks[sid] = talk
        last = len(talk.messages)
        body = {
            "session": sid,
            "token": sid,
            "last_seq": last,
            "expires_in": self.expires_in,
            **script.SESSION,
        }
        response = JSONResponse(body, 201 if new else 200)
        response.set_cookie("dvc_s", sid, httponly=True, samesite="lax", path="/webhooks/web")
        return response

    async def messages(self, request: Request) -> Response:
        _, talk = self.talk(request)
        if talk is None:
            return refuse(401, "no_session", "Phiên trò chuyện không còn.")
        if request.method == "GET":
            after = int(request.query_params.get("after", 0))
            found = [message for message in talk.messages if message["seq"] > after]
            return JSONResponse({"messages": found, "last_seq": len(talk.messages), "typing": talk.typing})
        body = await request.json()
        self.bodies.append(body)
        if self.too_fast:
            self.too_fast -= 1
            return refuse(429, "too_many", "Anh/chị gửi hơi nhanh.", {"Retry-After": "1"})
        text = script.BUTTONS.get(body.get("button", ""), body.get("text", ""))
        if "quá dài" in text:
            return refuse(400, "text_too_long", "Nội dung quá dài.")
        seq = talk.known.get(body["client_msg_id"])
        duplicate = seq is not None
        if seq is None:
            files = [script.FILES[ref] for ref in body.get("files", ())]
            said = {"text": text, "files": files, "client_msg_id": body["client_msg_id"]}
            seq = talk.add("citizen", said)["seq"]
            talk.known[body["client_msg_id"]] = seq
            self.task = asyncio.create_task(self.answer(talk, text))
        if self.swallow_acks:
            self.swallow_acks -= 1
            return refuse(503, "unavailable", "Máy chủ đang bận.")
        return JSONResponse({"seq": seq, "duplicate": duplicate}, 202)

    async def answer(self, talk: Talk, text: str) -> None:
        talk.typing = True
        talk.tell()
        await asyncio.sleep(self.answer_seconds)
        talk.typing = False
        for reply in script.replies(text):
            talk.add("assistant", reply)

    async def events(self, request: Request) -> Response:
        _, talk = self.talk(request)
        if self.streams_fail:
            return refuse(503, "unavailable", "Máy chủ đang bận.")
        if talk is None:
            return refuse(401, "no_session", "Phiên trò chuyện không còn.")
        after = int(request.query_params.get("after", 0))
        return StreamingResponse(self.told(talk, after), media_type="text/event-stream")

    async def told(self, talk: Talk, after: int) -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        typing = False
        while True:
            changed = talk.changed
            for message in talk.messages[after:]:
                after = message["seq"]
                yield f"id: {after}\nevent: message\ndata: {json.dumps(message, ensure_ascii=False)}\n\n"
            if talk.typing is not typing:
                typing = talk.typing
                yield f"event: typing\ndata: {json.dumps({'on': typing})}\n\n"
            if talk.ended:
                yield f"event: end\ndata: {json.dumps({'reason': talk.ended})}\n\n"
                return
            try:
                await asyncio.wait_for(changed.wait(), 15)
            except asyncio.TimeoutError:
                yield ": ping\n\n"

    async def files(self, request: Request) -> Response:
        async with request.form() as form:
            upload: Any = form["file"]
            data = await upload.read()
            if not data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8")):
                return refuse(415, "file_type", "Tệp này không đúng loại ghi ở tên tệp.")
            stored = {
                "ref": uuid4().hex,
                "name": upload.filename,
                "size": len(data),
                "type": upload.content_type,
            }
        script.FILES[stored["ref"]] = stored
        return JSONResponse(stored, 201)

    async def take_feedback(self, request: Request) -> Response:
        self.feedback.append(await request.json())
        return Response(status_code=204)

    async def get_banners(self, request: Request) -> Response:
        return JSONResponse({"banners": self.banners})

    async def link(self, request: Request) -> Response:
        sid, talk = self.talk(request)
        if request.method == "DELETE":
            if talk:
                talk.ended = "moved"
                self.talks.pop(sid)
            return Response(status_code=204)
        return JSONResponse(script.LINK, 201)

    def run(self) -> "Running":
        return Running(self)


class Running:
    """The portal in a thread, on a free port, from ``with`` to its end."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        config = uvicorn.Config(
            portal.app(), port=0, ws="none", log_level="error", timeout_graceful_shutdown=0
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> Portal:
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the portal did not start"
            time.sleep(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.portal.url = f"http://localhost:{port}/"
        return self.portal

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(5)


def refuse(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"code": code, "message": sentence}}, status, headers)
