"""What every request passes: it is written down, and may meet trouble."""

import socket
import struct
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.doubles.gov import pages
from tests.doubles.gov.faults import Fault
from tests.doubles.gov.flights import Call
from tests.doubles.gov.routing import body_of, service_of
from tests.doubles.gov.world import World

CONTROL = "/_control"


class Door:
    """An ASGI application before the others. Needs uvicorn, for breaking connections."""

    def __init__(self, world: World, inside: ASGIApp) -> None:
        self._world = world
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        raw = await Request(scope, receive).body()
        if scope["path"].startswith((CONTROL, pages.LOGIN)):
            await self._inside(scope, _again(raw), send)
            return
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = body_of(headers.get("content-type", ""), raw)
        call = Call(service_of(scope["path"], body), scope["path"], headers, body)
        fault = self._world.faults.strike(call.service)
        self._world.flights.start(call)
        try:
            await self._trouble(fault, call, scope, raw, receive, send)
        finally:
            self._world.flights.end(call)

    async def _trouble(
        self, fault: Fault | None, call: Call, scope: Scope, raw: bytes, receive: Receive, send: Send
    ) -> None:
        async def answer() -> Response:
            return await _answer(self._inside, scope, raw)

        async def reply(response: Response) -> None:
            call.status = response.status_code
            await response(scope, receive, send)

        if fault is None:
            await reply(await answer())
            return
        call.fault = fault.kind
        effect = fault.accepted or fault.kind in ("truncated", "broken", "type")
        done = await answer() if effect else None
        fault.reach()
        if fault.kind == "latency":
            # As a slow system would, it goes on when the caller has hung up.
            await fault.released()
            await reply(done or await answer())
        elif fault.kind == "hold":
            if await fault.released(receive()):
                await reply(done or await answer())
        elif fault.kind == "timeout":
            await fault.released(receive())
            await _break(receive)
        elif fault.kind == "reset":
            await _break(receive)
        elif fault.kind == "broken" and done is not None:
            await _half(done, receive, send)
        else:
            await reply(_spoilt(fault, done))


def _spoilt(fault: Fault, done: Response | None) -> Response:
    """The response in place of the right one."""
    if fault.kind == "html":
        return pages.error()
    if fault.kind == "maintenance":
        return pages.maintenance()
    if fault.kind == "redirect":
        return RedirectResponse(pages.LOGIN, 302)
    if done is not None and fault.kind == "truncated":
        return Response(bytes(done.body)[: len(done.body) // 2], done.status_code, media_type=done.media_type)
    if done is not None and fault.kind == "type":
        return Response(done.body, done.status_code, media_type="text/plain")
    return pages.failed(fault.status)


def _again(raw: bytes) -> Receive:
    """The body once more, for the application behind."""

    async def receive() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    return receive


async def _answer(inside: ASGIApp, scope: Scope, raw: bytes) -> Response:
    """What the application behind answers, kept back."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        start.update(message) if message["type"] == "http.response.start" else body.extend(message["body"])

    await inside(scope, _again(raw), keep)
    response = Response(bytes(body), start["status"])
    response.raw_headers = list(start["headers"])
    response.media_type = response.headers.get("content-type")
    return response


async def _half(response: Response, receive: Receive, send: Send) -> None:
    """The headers promise the whole body, the connection ends after half of it."""
    await send({"type": "http.response.start", "status": 200, "headers": response.raw_headers})
    half = bytes(response.body)[: len(response.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    _transport(receive).close()
    await receive()


async def _break(receive: Receive) -> None:
    """The caller gets a reset, not an orderly end."""
    transport = _transport(receive)
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await receive()


def _transport(receive: Receive) -> Any:
    return receive.__self__.transport  # type: ignore[attr-defined]
