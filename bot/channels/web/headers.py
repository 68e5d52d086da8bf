"""Headers that keep browsers from doing what the pages of the gateway never need."""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def page_policy(embedding: Sequence[str] = ()) -> str:
    """Content security policy of our own pages; ``embedding``: origins that may show them in a frame."""
    framing = " ".join(("'self'", *embedding))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {framing}",
        )
    )


API_POLICY = "default-src 'none'; frame-ancestors 'none'"


class SecurityHeaders:
    """Sets the headers on every response that does not say otherwise. ``https``: the gateway's public
    address is one, and browsers are to keep to it.
    """

    def __init__(self, app: ASGIApp, embedding: Sequence[str] = (), https: bool = False) -> None:
        self.app = app
        self._page = page_policy(embedding)
        self._always = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if https:
            self._always["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                # A browser puts the headers of a 304 over those of the page it kept.
                if message["status"] != HTTPStatus.NOT_MODIFIED:
                    html = headers.get("content-type", "").startswith("text/html")
                    headers.setdefault("Content-Security-Policy", self._page if html else API_POLICY)
            await send(message)

        await self.app(scope, receive, protected)
