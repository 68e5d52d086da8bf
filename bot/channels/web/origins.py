"""Which sites may talk to the web channel: our own and an exact list."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.errors import ApiError, Code, error_response
from bot.channels.web.texts import Say
from bot.settings import Settings

_DEFAULT_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> str:
    """Scheme, host and, where unusual, port as browsers send them; raises ``ValueError`` for others."""
    parts = urlsplit(url.strip())
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        raise ValueError(f"{url!r} is no origin")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


class Origins:
    """``listed``: sites of ``BOT_WEB_ORIGINS``. Ours is the public address; without one it is whatever
    address the browser used, which is right for a try-out only.
    """

    def __init__(self, settings: Settings) -> None:
        self.listed = tuple(origin_of(part) for part in settings.web_origins.split(",") if part.strip())
        self._own = origin_of(settings.public_url) if settings.public_url else ""

    def own(self, request: Request) -> str:
        """Our own origin as this request sees it."""
        return self._own or f"{request.url.scheme}://{request.headers.get('host', '')}"

    def of(self, request: Request) -> str:
        """The site a request comes from. Browsers leave the header out on our own pages only.
        Raises ``ApiError`` for a site that is not allowed.
        """
        named = request.headers.get("origin")
        own = self.own(request)
        if named is None:
            if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                raise ApiError(Code.FOREIGN_ORIGIN)
            return own
        if named != own and named not in self.listed:
            raise ApiError(Code.FOREIGN_ORIGIN)
        return named


class OriginGate:
    """Refuses requests of foreign sites before anything else looks at them."""

    def __init__(self, app: ASGIApp, origins: Origins, say: Say) -> None:
        self.app, self._origins, self._say = app, origins, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "origin" in Headers(scope=scope):
            try:
                self._origins.of(Request(scope))
            except ApiError as error:
                await error_response(error, self._say)(scope, receive, send)
                return
        await self.app(scope, receive, send)
