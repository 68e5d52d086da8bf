"""Styles and scripts, read once at start; their addresses change with their content."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"


class Assets:
    """The files of a folder by name."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix in _TYPES]
        self._content = {path.name: path.read_bytes() for path in paths}
        self._hash = {
            name: hashlib.sha256(content).hexdigest()[:12] for name, content in self._content.items()
        }

    def url(self, name: str) -> str:
        """Address of a file; raises ``KeyError`` when there is none."""
        return f"/console/static/{name}?v={self._hash[name]}"

    def routes(self) -> list[Route]:
        return [Route(f"/console/static/{name}", self._serve, methods=["GET"]) for name in self._content]

    async def _serve(self, request: Request) -> Response:
        name = request.url.path.rsplit("/", 1)[-1]
        # Modules import one another without the hash.
        known = request.query_params.get("v") == self._hash[name]
        headers = {"Cache-Control": _FOREVER if known else _SHORT}
        return Response(self._content[name], headers=headers, media_type=_TYPES[Path(name).suffix])
