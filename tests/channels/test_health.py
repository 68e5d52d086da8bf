"""What load balancers and operators are told."""

import asyncio
import json
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from starlette.requests import Request

from bot.channels.health import health_routes
from bot.control.stopping import Cause, stop
from bot.conversations.channel import Channel
from tests.channels.conftest import Office, eventually, opened, sent_text


async def asked(office: Office, path: str, brain: bool = True) -> tuple[int, str]:
    """Status and body of a route."""

    async def ready() -> bool:
        return brain

    route = next(r for r in health_routes(office.gateway, ready) if r.path == path)
    response = await route.endpoint(Request({"type": "http"}))
    return response.status_code, bytes(response.body).decode()


async def test_alive_and_ready_when_all_is_there(sqlite_engine: Engine) -> None:
    async with opened(sqlite_engine) as office:
        assert await asked(office, "/health/live") == (200, '{"workers":true}')
        status, body = await asked(office, "/health/ready")
    assert (status, json.loads(body)) == (
        200,
        {
            "workers": True,
            "database": True,
            "assistant": True,
            "channels": ["web", "telegram"],
            "stopped": [],
        },
    )


async def test_not_ready_without_the_assistant_but_alive(sqlite_engine: Engine) -> None:
    """Killing the gateway because Rasa restarts would lose the citizens who wait."""
    async with opened(sqlite_engine) as office:
        status, body = await asked(office, "/health/ready", brain=False)
        assert status == 503 and json.loads(body)["assistant"] is False
        assert (await asked(office, "/health/live"))[0] == 200


async def test_not_ready_without_the_database(sqlite_engine: Engine) -> None:
    async with opened(sqlite_engine) as office:
        back = take_away(office)
        status, body = await asked(office, "/health/ready")
        assert status == 503 and json.loads(body)["database"] is False
        back()


async def test_a_dead_worker_is_reported(sqlite_engine: Engine) -> None:
    async with opened(sqlite_engine) as office:
        office.gateway._tasks[0].cancel()
        await eventually(lambda: office.gateway._tasks[0].done())
        assert (await asked(office, "/health/live"))[0] == 503
        assert (await asked(office, "/health/ready"))[0] == 503


async def test_a_stopped_channel_is_named_and_the_others_go_on(sqlite_engine: Engine) -> None:
    async with opened(sqlite_engine) as office:
        await office.gateway.run(stop, Channel.TELEGRAM, Cause.ORDERED, "bảo trì", office.clock())
        status, body = await asked(office, "/health/ready")
    assert status == 200 and json.loads(body)["stopped"] == ["telegram"]


async def test_figures_tell_counts_and_no_words(sqlite_engine: Engine) -> None:
    async with opened(sqlite_engine) as office:
        await office.gateway.accept(sent_text(1, "tôi muốn ly hôn", "5510185758000000001"))
        await eventually(lambda: len(office.platform.calls) == 1)
        status, body = await asked(office, "/metrics")
    assert status == 200 and 'channel="telegram"' in body
    assert "ly hôn" not in body and "5510185758000000001" not in body


async def test_a_database_that_is_away_for_a_while_ends_no_work(sqlite_engine: Engine) -> None:
    """A restart of PostgreSQL would otherwise silence the gateway until somebody restarts it too."""
    async with opened(sqlite_engine) as office:
        back = take_away(office)
        for _ in range(5):
            office.gateway.ring("x")
            await asyncio.sleep(0.02)
        back()
        assert office.gateway.alive
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: office.platform.told() == ["đáp câu 1"])


def take_away(office: Office) -> Any:
    """Let every transaction fail until what is returned is called."""
    store = office.gateway._store
    run = store.run

    async def away(_work: Any, *_args: Any) -> Any:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    setattr(store, "run", away)  # noqa: B010
    return lambda: setattr(store, "run", run)
