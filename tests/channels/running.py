"""The assembled gateway on a port of its own, and a small Rasa that can be away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn
from aiohttp import ClientSession, web

from bot.channels.assembly import assemble
from bot.channels.rules import Rules
from bot.load.ports import free_port
from bot.settings import Settings
from tests.conftest import ROOT


def settings(url: str, folder: Path, **more: Any) -> Settings:
    """An installation whose Rasa is not there yet."""
    own = {"database_url": url, "tracker_url": f"sqlite:///{folder / 'tracker.db'}", "var_dir": folder}
    ports = {name: free_port() for name in ("rasa_port", "action_port", "gateway_port")}
    return Settings.parse_obj({**own, **ports, "relay_secret": uuid4().hex, **more})


@asynccontextmanager
async def running(told: Settings, rules: Rules | None = None) -> AsyncIterator[ClientSession]:
    """A browser in front of the gateway, from its start to its stop."""
    app = assemble(told, ROOT, rules=rules)
    options = uvicorn.Config(
        app, port=told.gateway_port, ws="none", log_level="error", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(options)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the gateway did not start"
        await asyncio.sleep(0.01)
    try:
        async with ClientSession(told.gateway_url) as browser:
            yield browser
    finally:
        server.should_exit = True
        await task


class SmallRasa:
    """Answers "đáp <text>" on the two ports of the settings once it is started."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._runners: list[web.AppRunner] = []
        self.asked: list[str] = []

    async def start(self) -> None:
        for port in (self._settings.rasa_port, self._settings.action_port):
            app = web.Application()
            app.router.add_get("/webhooks/local/", self._fine)
            app.router.add_get("/health", self._fine)
            app.router.add_post("/webhooks/local/webhook", self._turn)
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, self._settings.host, port).start()
            self._runners.append(runner)

    async def stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()

    async def _fine(self, _request: web.Request) -> web.Response:
        return web.json_response({})

    async def _turn(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]
        self.asked.append(text)
        return web.json_response([{"recipient_id": "x", "text": f"đáp {text}"}])
