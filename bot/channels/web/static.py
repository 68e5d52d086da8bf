"""The widget's files, read once at start."""

import hashlib
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_SKIPPED = frozenset({"node_modules", "package.json", "package-lock.json"})
_FRESH_SECONDS = 300
INDEX = "index.html"


def static_routes(folder: Path) -> list[BaseRoute]:
    """A route for every file of the folder, ``/`` for its ``index.html``; none when there is no folder.

    Other sites may load them (modules are fetched with CORS). Scripts may be kept for five minutes, pages
    are asked for each time; an unchanged file costs a 304.
    """
    routes: list[BaseRoute] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder)
        if path.suffix not in _TYPES or not path.is_file() or any(_is_skipped(part) for part in name.parts):
            continue
        endpoint = _Asset(path).serve
        routes.append(Route(f"/{name.as_posix()}", endpoint, methods=["GET"]))
        if name.as_posix() == INDEX:
            routes.append(Route("/", endpoint, methods=["GET"]))
    return routes


def _is_skipped(part: str) -> bool:
    return part.startswith(".") or part in _SKIPPED or ".test." in part


class _Asset:
    def __init__(self, path: Path) -> None:
        self._content = path.read_bytes()
        self._type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        age = "no-cache" if path.suffix == ".html" else f"public, max-age={_FRESH_SECONDS}"
        self._headers = {
            "ETag": f'"{hashlib.sha256(self._content).hexdigest()[:32]}"',
            "Cache-Control": age,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }

    async def serve(self, request: Request) -> Response:
        tags = request.headers.get("if-none-match", "").split(",")
        known = {tag.strip().removeprefix("W/") for tag in tags}
        if self._headers["ETag"] in known:
            return Response(status_code=304, headers=self._headers)
        return Response(self._content, headers=self._headers, media_type=self._type)
