"""Zalo and Telegram are on when their credentials are there, and only then."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.channels import outbox
from bot.channels.gateway import Gateway
from bot.channels.platforms import Platforms
from bot.channels.rules import Rules
from bot.channels.store import Store
from bot.channels.tables import outbox as outbox_table
from bot.conversations import people
from bot.conversations.channel import Channel
from tests.channels.conftest import START, Clock, eventually, words
from tests.channels.running import settings
from tests.doubles.telegram.driver import Platform as Telegram

ZALO = {"zalo_app_id": "1", "zalo_app_secret": "s", "zalo_oa_id": "2", "zalo_oa_secret": "o"}
TELEGRAM = {"telegram_token": "1:a", "telegram_secret": "s", "telegram_api_url": "http://127.0.0.1:9"}


def platforms(engine: Engine, folder: Path, **more: Any) -> tuple[Platforms, Gateway]:
    told, store, clock, rules = settings("sqlite://", folder, **more), Store(engine), Clock(), Rules("test")
    found = Platforms(told, store, words(), rules, clock)
    return found, Gateway(store, found.adapters, _silent, words(), rules, clock)


async def _silent(_message: Any) -> Any:
    raise AssertionError


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ({}, []),
        ({"telegram_token": "1:a"}, []),
        ({"telegram_secret": "s"}, []),
        ({"zalo_app_id": "1"}, []),
        ({"zalo_oa_secret": "o"}, []),
        (TELEGRAM, [Channel.TELEGRAM]),
        (ZALO, [Channel.ZALO]),
        ({**ZALO, **TELEGRAM}, [Channel.TELEGRAM, Channel.ZALO]),
    ],
)
async def test_a_channel_is_on_with_all_its_credentials_only(
    sqlite_engine: Engine, tmp_path: Path, given: dict[str, str], on: list[Channel]
) -> None:
    """Half a configuration would leave a door open that anybody could knock at."""
    found, gateway = platforms(sqlite_engine, tmp_path, **given)
    assert list(found.adapters) == on
    doors = {route.path for route in found.routes(gateway)}
    assert doors == {f"/webhooks/{channel.value}/webhook" for channel in on}
    assert gateway.channels == ["web", *(channel.value for channel in on)]


async def test_the_name_of_the_bot_is_learnt_and_its_absence_hinders_nothing(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    """Deep links need the name; a gateway that cannot reach Telegram must start all the same."""
    async with Telegram.inside() as telegram:
        found, gateway = platforms(sqlite_engine, tmp_path, **telegram.gateway_settings())
        found.routes(gateway)
        await found.start()
        await eventually(lambda: found.telegram_name == "quangninh_test_bot")
        await found.stop()
    found, gateway = platforms(sqlite_engine, tmp_path, **TELEGRAM)
    await found.start()
    await found.stop()
    assert found.telegram_name == ""


async def test_an_echo_settles_a_call_nobody_answered(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Otherwise a message that did arrive is sent a second time."""
    found, gateway = platforms(sqlite_engine, tmp_path, **ZALO)
    settle = found._settled(gateway)
    with sqlite_engine.begin() as connection:
        person = people.meet(connection, Channel.ZALO, "111", START)
        outbox.enqueue(connection, person, [{"message": {"text": "đáp"}}], START)
        connection.execute(update(outbox_table).values(state="unknown", started_at=START))
    assert not await settle("999", "m1", "đáp"), "nobody we know"
    assert not await settle("111", "m1", "khác")
    with gateway.watch(person.conversation_id) as ring:
        assert await settle("111", "m1", "đáp")
        assert await ring.wait(1)
    assert not await settle("111", "m1", "đáp"), "a repeat"
    assert await found._store.run(_states(outbox_table)) == [("sent", "m1")]


def _states(table: Any) -> Callable[[Connection], list[tuple[str, str]]]:
    return lambda connection: [
        tuple(row) for row in connection.execute(select(table.c.state, table.c.external_id))
    ]
