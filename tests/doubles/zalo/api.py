"""The platform's endpoints, and the links of its files."""

import asyncio
import json
import socket
import struct
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.doubles.zalo.codes import MESSAGES, Code, RefusedError
from tests.doubles.zalo.faults import Fault
from tests.doubles.zalo.outgoing import Outgoing
from tests.doubles.zalo.records import Call, Sent
from tests.doubles.zalo.world import World

OAUTH = "/v4/oa/"


class Api:
    """Answers like the platform: HTTP 200 with ``error`` for whatever it refuses."""

    def __init__(self, world: World, outgoing: Outgoing) -> None:
        self._world = world
        self._outgoing = outgoing
        self._minute = 0
        self._calls_in_minute = 0
        self.closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        closed = ("/v2.0/oa/message", "/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion")
        return [
            web.get("/v4/oa/permission", self._permission),
            web.post("/v4/oa/access_token", self._access_token),
            web.post("/v3.0/oa/message/cs", self._consult),
            web.post("/v3.0/oa/message/template", self._template),
            *(web.post(path, self._old) for path in closed),
            web.post("/v2.0/oa/upload/{kind:image|gif|file}", self._upload),
            web.get("/v3.0/oa/user/detail", self._detail),
            web.get("/v2.0/oa/getoa", self._account),
            web.post("/v3.0/oa/quota/message", self._quota),
        ]

    @web.middleware
    async def trouble(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Records each call of the API and lets the ordered faults strike."""
        if not request.path.startswith(("/v2.0/", "/v3.0/", "/v4/")):
            return await handler(request)
        user = _user_of(await request.read()) if request.content_type == "application/json" else ""
        fault = self._world.faults.strike(request.path, user)
        response: web.StreamResponse
        if fault is not None and not fault.accepts:
            response = await self._fail(request, fault)
        else:
            response = await self._answer(request, handler)
            if fault is not None:
                if fault.kind != "slow" and (sent := request.get("sent")) is not None:
                    sent.answered = False
                response = await self._fail(request, fault, response)
        call = Call(
            seq=len(self._world.calls) + 1,
            path=request.path,
            user=user,
            status=response.status,
            code=int(request.get("code", 0)),
            fault=fault.kind if fault is not None else "",
            at=self._world.clock.now(),
        )
        self._world.calls.append(call)
        return response

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        counted = not request.path.startswith(OAUTH)
        left = self._left_of_rate() if counted else 0
        try:
            if left < 0:
                raise RefusedError(Code.RATE)
            response = await handler(request)
        except RefusedError as refused:
            response = self._refusal(request, refused)
        if not counted:
            return response
        response.headers["X-RateLimit-Limit"] = str(self._world.settings.rate_per_minute)
        response.headers["X-RateLimit-Remain"] = str(max(0, left))
        return response

    async def _fail(
        self, request: web.Request, fault: Fault, done: web.StreamResponse | None = None
    ) -> web.StreamResponse:
        if fault.kind == "error":
            return self._refusal(request, RefusedError(fault.code))
        if fault.kind.startswith("http"):
            return web.Response(
                status=fault.status, text="<html>upstream error</html>", content_type="text/html"
            )
        if fault.kind.startswith("reset"):
            _break(request)
            return web.Response(status=500)
        await self._hold(request, fault.seconds)
        if fault.kind == "slow" and done is not None:
            return done
        _break(request)
        return web.Response(status=500)

    async def _hold(self, request: web.Request, seconds: float) -> None:
        """Until the caller hangs up, the time is over or the server stops."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while loop.time() < deadline and not self.closing.is_set():
            if request.transport is None or request.transport.is_closing():
                return
            await asyncio.sleep(min(0.02, max(0.0, deadline - loop.time())))

    def _left_of_rate(self) -> int:
        minute = int(self._world.clock.now() // 60)
        if minute != self._minute:
            self._minute, self._calls_in_minute = minute, 0
        self._calls_in_minute += 1
        return self._world.settings.rate_per_minute - self._calls_in_minute

    def _refusal(self, request: web.Request, refused: RefusedError) -> web.Response:
        request["code"] = refused.code
        if request.path.startswith(OAUTH):
            name = MESSAGES.get(Code(refused.code), "") if refused.code in Code._value2member_map_ else ""
            return web.json_response(
                {
                    "error": refused.code,
                    "error_name": name or refused.why,
                    "error_reason": refused.why,
                    "error_description": refused.why,
                    "ref_doc": "https://developers.zalo.me/docs/official-account/phu-luc/ma-loi",
                }
            )
        return web.json_response({"error": refused.code, "message": refused.why})

    def _admit(self, request: web.Request) -> None:
        self._world.tokens.check(request.headers.get("access_token", ""))

    async def _body(self, request: web.Request) -> Any:
        if request.content_type != "application/json":
            raise RefusedError(Code.PARAMETER, "Content-Type is not application/json")
        try:
            return json.loads(await request.read())
        except ValueError:
            raise RefusedError(Code.PARAMETER, "body is not JSON") from None

    async def _permission(self, request: web.Request) -> web.Response:
        query = request.query
        target = query.get("redirect_uri", "")
        code = self._world.tokens.permit(query.get("app_id", ""), target, query.get("code_challenge", ""))
        given = {"code": code, "oa_id": self._world.settings.oa_id, "state": query.get("state", "")}
        address = f"{target}{'&' if '?' in target else '?'}{urlencode(given)}"
        return web.Response(status=302, headers={"Location": address})

    async def _access_token(self, request: web.Request) -> web.Response:
        if request.content_type != "application/x-www-form-urlencoded":
            raise RefusedError(Code.GRANT, "Content-Type is not a form")
        form = {name: str(value) for name, value in (await request.post()).items()}
        return web.json_response(self._world.tokens.grant(form, request.headers.get("secret_key", "")))

    async def _consult(self, request: web.Request) -> web.Response:
        self._admit(request)
        sent = self._outgoing.consult(await self._body(request))
        return self._accepted(request, sent, "reply")

    async def _template(self, request: web.Request) -> web.Response:
        self._admit(request)
        sent = self._outgoing.template(await self._body(request))
        return self._accepted(request, sent, "template")

    def _accepted(self, request: web.Request, sent: Sent, quota: str) -> web.Response:
        request["sent"] = sent
        reply = {
            "message_id": sent.message_id,
            "user_id": sent.user,
            "quota": {"quota_type": quota, "owner_type": "OA", "owner_id": self._world.settings.oa_id},
        }
        return web.json_response({"error": 0, "message": "Success", "data": reply})

    async def _old(self, request: web.Request) -> web.Response:
        """All that is left of these is the reaction to a message."""
        self._admit(request)
        body = await self._body(request)
        action = body.get("sender_action") if isinstance(body, dict) else None
        if not request.path.startswith("/v2.0/") or not isinstance(action, dict):
            raise RefusedError(Code.OLD_API, "API is no longer supported")
        person = self._world.people.find(dict(body.get("recipient", {})).get("user_id"))
        if not action.get("react_icon") or not action.get("react_message_id"):
            raise RefusedError(Code.PARAMETER, "sender_action is invalid")
        data = {"message_id": action["react_message_id"], "user_id": person.user_id}
        return web.json_response({"error": 0, "message": "Success", "data": data})

    async def _upload(self, request: web.Request) -> web.Response:
        self._admit(request)
        kind = request.match_info["kind"]
        if request.content_type != "multipart/form-data":
            raise RefusedError(Code.PARAMETER, "Content-Type is not multipart/form-data")
        part = (await request.post()).get("file")
        if not isinstance(part, web.FileField):
            raise RefusedError(Code.PARAMETER, "file is missing")
        upload_id = self._world.uploads.add(kind, part.filename, part.file.read())
        name = "token" if kind == "file" else "attachment_id"
        return web.json_response({"error": 0, "message": "Success", "data": {name: upload_id}})

    async def _detail(self, request: web.Request) -> web.Response:
        self._admit(request)
        try:
            wanted = json.loads(request.query.get("data", ""))
        except ValueError:
            raise RefusedError(Code.PARAMETER, "data is not JSON") from None
        person = self._world.people.find(wanted.get("user_id") if isinstance(wanted, dict) else None)
        data = {
            "user_id": person.user_id,
            "user_id_by_app": person.by_app,
            "display_name": person.name,
            "user_is_follower": person.follows,
            "avatar": "",
            "shared_info": {},
        }
        return web.json_response({"error": 0, "message": "Success", "data": data})

    async def _account(self, request: web.Request) -> web.Response:
        self._admit(request)
        oa_id = self._world.settings.oa_id
        data = {"oa_id": oa_id, "name": "Dịch vụ công", "is_verified": True, "package_name": "Nâng cao"}
        return web.json_response({"error": 0, "message": "Success", "data": data})

    async def _quota(self, request: web.Request) -> web.Response:
        self._admit(request)
        body = await self._body(request)
        person = self._world.people.find(body.get("user_id") if isinstance(body, dict) else None)
        total = self._world.settings.free_replies
        cap = 1_000_000 if total is None else total
        data = {
            "last_interaction": int((person.last_interaction or 0.0) * 1000),
            "cs_reply": {"remain": max(0, cap - person.replies), "total": cap},
            "promotion": {"remain": 0, "total": 0},
        }
        return web.json_response({"error": 0, "message": "Success", "data": data})


def _user_of(raw: bytes) -> str:
    """Whom a call concerns, as far as one can tell."""
    try:
        body = json.loads(raw)
        user = body.get("user_id") or body["recipient"]["user_id"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return user if isinstance(user, str) else ""


def _break(request: web.Request) -> None:
    """End the connection with a reset instead of an answer."""
    if request.transport is None:
        return
    line: socket.socket | None = request.transport.get_extra_info("socket")
    if line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
