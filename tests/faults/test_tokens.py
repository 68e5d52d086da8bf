"""Zalo's refresh token works once. A failure here is an account that is silent until it is authorised."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, Process

import pytest
from sqlalchemy.engine import Connection

from bot.channels.zalo import credentials
from bot.database import connect, upgrade
from tests.conftest import ROOT
from tests.doubles.zalo.driver import Platform

WORKERS = 8
PATIENCE_SECONDS = 60.0
_REFRESH = "/v4/oa/access_token"


@pytest.mark.parametrize(
    ("database", "refused"), [("sqlite", False), ("postgres", True)], ids=["expired", "refused"]
)
async def test_eight_processes_refresh_the_token_once_and_all_go_on(
    request: pytest.FixtureRequest, database: str, refused: bool
) -> None:
    """Expired by the clock, or good by the clock and refused by Zalo."""
    database_url = request.getfixturevalue(f"{database}_url")
    upgrade(database_url)
    async with Platform.outside() as zalo:
        pair = await zalo.tokens()
        life = 90_000.0 if refused else 0.0
        if refused:
            await zalo.revoke()

        def store(connection: Connection) -> None:
            credentials.store(connection, pair["access_token"], pair["refresh_token"], life, time.time())

        engine = connect(database_url)
        with engine.begin() as connection:
            store(connection)
        engine.dispose()
        settings = {**await zalo.gateway_settings(), "database_url": database_url}
        told = await asyncio.wait_for(_race(settings), PATIENCE_SECONDS)
        refreshes = [call for call in await zalo.calls() if call.path == _REFRESH]
    assert told == ["sent"] * WORKERS
    assert [call.code for call in refreshes] == [0]


async def _race(settings: dict[str, str]) -> list[str]:
    """What each process says of its call; none outlives this."""
    environment = {**os.environ, **{f"BOT_{name.upper()}": value for name, value in settings.items()}}
    processes: list[Process] = []
    try:
        for number in range(WORKERS):
            command = (sys.executable, "-m", "tests.faults.refresher", f"p{number}")
            processes.append(
                await asyncio.create_subprocess_exec(
                    *command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE
                )
            )
        for process in processes:
            assert await _line(process) == "ready"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
        return [await _line(process) for process in processes]
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _line(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()
