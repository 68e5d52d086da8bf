"""What goes around every request: headers that bind the browser, and a limit to what it may send."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    # Words of citizens must not stay in a browser that others use too.
    "Cache-Control": "no-store",
}
MOST_BYTES = 8 * 1024 * 1024
_NONE: Mapping[str, int] = {}


def bind(headers: MutableHeaders, https: bool) -> None:
    """Add what is not said otherwise."""
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    if https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


class SecurityHeaders:
    """Sets the headers on every response that does not say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                bind(MutableHeaders(scope=message), https=scope["scheme"] == "https")
            await send(message)

        await self.app(scope, receive, protected)


class BodyLimit:
    """Raises ``HTTPException`` 413 into whoever reads a body of more than ``most`` bytes.

    ``larger``: limits of single paths.
    """

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES, larger: Mapping[str, int] = _NONE) -> None:
        self.app, self._most, self._larger = app, most, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken, most = 0, self._larger.get(scope.get("path", ""), self._most)

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
