"""Whoever opens many requests and never ends them must not use up what others need."""

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from bot.channels.stalling import Stalling


async def _post(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _listen(request: Request) -> Response:
    """As a stream does: waits until the browser goes."""
    await request.receive()
    await request.receive()
    return PlainTextResponse("gone")


_APP = Starlette(
    routes=[Route("/", _post, methods=["POST"]), Route("/events", _listen)],
    middleware=[Middleware(Stalling, seconds=0.05)],
)


async def _status(method: str, path: str, *pieces: Message | float) -> tuple[int, list[bytes]]:
    """Status and body after ``pieces`` of a request; a number is a pause in seconds, the end is silence."""
    coming, sent = iter(pieces), []

    async def receive() -> Message:
        for piece in coming:
            if not isinstance(piece, float):
                return piece
            await asyncio.sleep(piece)
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    await asyncio.wait_for(_APP(scope, receive, send), 5)
    return sent[0]["status"], [message.get("body", b"") for message in sent[1:]]


def _piece(body: bytes, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_body_that_stops_coming_is_given_up() -> None:
    assert (await _status("POST", "/", _piece(b"{", True)))[0] == 408


async def test_a_sender_who_goes_in_the_middle_is_no_failure() -> None:
    assert (await _status("POST", "/", _piece(b"{", True), {"type": "http.disconnect"}))[0] == 408


async def test_a_body_that_comes_slowly_is_taken() -> None:
    assert await _status("POST", "/", _piece(b"{", True), 0.01, _piece(b"}", False)) == (200, [b"2"])


async def test_a_browser_may_listen_in_silence() -> None:
    pieces = (_piece(b"", False), 0.2, {"type": "http.disconnect"})
    assert await _status("GET", "/events", *pieces) == (200, [b"gone"])
