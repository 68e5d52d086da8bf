"""A gateway in a process of its own that may be killed at any moment and comes back."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.load.ports import free_port
from tests.conftest import ROOT

START_SECONDS = 60.0
_LIVE = {"workers": True}


class GatewayProcess:
    """``python -m tests.faults.gateway`` with ``settings`` (by name, as in ``bot.settings``) on a free port.
    Its log goes to ``folder``.
    """

    def __init__(self, name: str, folder: Path, settings: dict[str, str]) -> None:
        self.name, self.port = name, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"gateway-{name}.log"
        self.kills = 0
        own = {**settings, "gateway_name": name, "gateway_port": str(self.port), "log_level": "WARNING"}
        self._environment = {**os.environ, **{f"BOT_{key.upper()}": value for key, value in own.items()}}
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def spawn(self) -> None:
        """Start it without waiting."""
        assert self._process is None
        self._started = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.gateway"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def ready(self) -> float:
        """Seconds from its start until its workers run; ``AssertionError`` with its log when they do not."""
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < self._started + START_SECONDS:
                assert self._process is not None and self._process.poll() is None, self.tail()
                try:
                    async with session.get(f"{self.url}/health/live") as response:
                        if await response.json() == _LIVE:
                            return time.monotonic() - self._started
                except aiohttp.ClientError:
                    await asyncio.sleep(0.02)
        raise AssertionError(f"the gateway {self.name} did not start: {self.tail()}")

    def kill(self) -> None:
        """``kill -9``."""
        assert self._process is not None and self._process.poll() is None, self.tail()
        self.kills += 1
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it whatever state it is in."""
        if self._process is not None:
            self._end(signal.SIGKILL)

    def tail(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait()
        self._process = None


@asynccontextmanager
async def running(
    names: list[str], folder: Path, settings: dict[str, str]
) -> AsyncIterator[list[GatewayProcess]]:
    """Gateways over one database; ended with the block."""
    gateways = [GatewayProcess(name, folder, settings) for name in names]
    try:
        for gateway in gateways:
            gateway.spawn()
        for gateway in gateways:
            await gateway.ready()
        yield gateways
    finally:
        for gateway in gateways:
            gateway.stop()
