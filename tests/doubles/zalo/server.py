"""The whole platform on one port of this machine."""

from types import TracebackType
from typing import Any

from aiohttp import web

from tests.doubles.zalo.actions import Actions
from tests.doubles.zalo.api import Api
from tests.doubles.zalo.cdn import Cdn
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.control import Control
from tests.doubles.zalo.outgoing import Outgoing
from tests.doubles.zalo.settings import Settings
from tests.doubles.zalo.world import World

LARGEST_BODY = 16 * 1024 * 1024


class FakeZalo:
    """``async with FakeZalo(hook_url=…) as zalo``: serves at ``zalo.url`` until the end of the block.

    ``world`` is its state, ``does`` the citizens' acts, ``outgoing`` what reached them: as over HTTP.
    ``start``: POSIX seconds its clock shows at first; ``ticking`` false: the clock only moves when told to.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        port: int = 0,
        start: float | None = None,
        ticking: bool = True,
    ) -> None:
        self.world = World(settings or Settings(), Clock(start, ticking))
        self.outgoing = Outgoing(self.world)
        self.does = Actions(self.world, self.outgoing)
        self.url = ""
        self._port = port
        self._runner: web.AppRunner | None = None
        self._api: Api | None = None

    async def __aenter__(self) -> "FakeZalo":
        api = self._api = Api(self.world, self.outgoing)
        cdn = Cdn(self.world, api.closing)
        control = Control(self.world, self.outgoing, self.does, cdn)
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[control.explain, api.trouble])
        app.add_routes([*api.routes(), *cdn.routes(), *control.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024)
        await site.start()
        address: Any = self._runner.addresses[0]
        self.url = self.world.files.origin = f"http://127.0.0.1:{address[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._api is not None:
            self._api.closing.set()
        await self.world.hook.close()
        if self._runner is not None:
            await self._runner.cleanup()
