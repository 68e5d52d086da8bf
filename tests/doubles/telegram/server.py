"""The double as a server, inside a test or as a process of its own."""

from types import TracebackType
from typing import Any

from aiohttp import web

from tests.doubles.telegram.answering import Answering
from tests.doubles.telegram.control import Control
from tests.doubles.telegram.options import Options
from tests.doubles.telegram.state import State

LARGEST_BODY = 60 * 1024 * 1024


class FakeTelegram:
    """``async with FakeTelegram(copies=3) as telegram``: listens on ``telegram.url``, a free loopback port
    unless told otherwise. ``world`` and ``phones`` reach inside without HTTP.

    Raises ``ValueError`` for options that do not exist.
    """

    def __init__(
        self, port: int = 0, *, start: float | None = None, ticking: bool = True, **options: Any
    ) -> None:
        self.url = ""
        self._options = Options()
        self._options.change(options)
        self._port, self._start, self._ticking = port, start, ticking
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "FakeTelegram":
        self.world = State(self._options)
        self.world.clock.begin(self._start, ticking=self._ticking)
        self._answering = Answering(self.world)
        control = Control(self.world, self._answering)
        self.phones = control.phones
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes([*control.routes(), *self._answering.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.world.deliveries.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answering.release()
        await self.world.deliveries.stop()
        if self._runner:
            await self._runner.cleanup()
