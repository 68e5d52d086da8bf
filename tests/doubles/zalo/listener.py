"""A hook for tests of the double itself: remembers what it got, answers as told."""

import asyncio
import json
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiohttp import web


@dataclass
class Got:
    """One request; ``headers`` by their names in small letters."""

    method: str
    raw: bytes
    headers: dict[str, str]

    @property
    def event(self) -> dict[str, Any]:
        return dict(json.loads(self.raw))

    @property
    def text(self) -> str:
        return str(self.event["message"]["text"])


@dataclass
class Listener:
    """Answers the ``statuses`` one after another, then 200; ``late``: not before ``release`` is set."""

    statuses: list[int] = field(default_factory=list)
    late: bool = False
    got: list[Got] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def __aenter__(self) -> "Listener":
        app = web.Application(client_max_size=2**20)
        app.add_routes([web.route("*", "/hook", self._take)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        address: Any = self._runner.addresses[0]
        self.url = f"http://127.0.0.1:{address[1]}/hook"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append(Got(request.method, await request.read(), headers))
        if self.late:
            await self.release.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.got]
