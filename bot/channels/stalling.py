"""Gives up on requests whose sender stopped in the middle: each would hold a connection for ever."""

from collections.abc import MutableMapping
from typing import Any

import anyio
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SECONDS = 30.0
"""How long a piece of a body may be on its way; a bad line that moves at all is waited for."""


class Stalling:
    """Ends a request with 408 when nothing more of its body comes for ``seconds``, or its sender has gone."""

    def __init__(self, app: ASGIApp, seconds: float = SECONDS) -> None:
        self.app, self._seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, _Patience(receive, self._seconds).heard, send)
        except ClientDisconnect:
            await Response(status_code=408, headers={"Connection": "close"})(scope, receive, send)


class _Patience:
    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive, self._seconds = receive, seconds
        self._more = True

    async def heard(self) -> MutableMapping[str, Any]:
        if not self._more:
            # Whoever listens to a stream says nothing more and is no cause for impatience.
            return await self._receive()
        with anyio.move_on_after(self._seconds):
            message = await self._receive()
            self._more = bool(message.get("more_body", False))
            return message
        self._more = False
        return {"type": "http.disconnect"}
