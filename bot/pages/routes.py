"""What every page loads."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_STYLE = Path(__file__).with_name("style.css")
_FRESH_SECONDS = 300


def routes() -> list[Route]:
    """``GET /pages/style.css``."""
    content = _STYLE.read_bytes()
    headers = {"Cache-Control": f"public, max-age={_FRESH_SECONDS}"}

    async def style(_request: Request) -> Response:
        return Response(content, headers=headers, media_type="text/css; charset=utf-8")

    return [Route("/pages/style.css", style, methods=["GET"])]
