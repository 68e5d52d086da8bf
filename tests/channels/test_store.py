"""The store: what is only read costs one round trip, and what is changed stays whole all the same."""

from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection, Engine

from bot.channels.store import Store
from bot.conversations.people import open_conversation
from bot.conversations.tables import conversation


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(conversation)).scalar_one())


def _break_off(connection: Connection) -> None:
    open_conversation(connection, 1.0)
    raise ZeroDivisionError


async def test_after_a_read_a_change_is_whole_again(engine: Engine) -> None:
    """Otherwise half of a turn would stay where its other half failed."""
    store = Store(engine)
    for _ in range(4):
        assert await store.read(_count) == 0
        with pytest.raises(ZeroDivisionError):
            await store.run(_break_off)
    store.close()


async def test_a_read_sees_what_was_kept_before(engine: Engine) -> None:
    """A browser that is woken reads what woke it."""
    store = Store(engine)
    for number in range(1, 4):
        await store.run(open_conversation, float(number))
        assert await store.read(_count) == number
    store.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_read_begins_no_transaction(engine: Engine) -> None:
    """Each would cost two round trips more, for every browser that is open."""

    def begun(connection: Connection) -> Any:
        connection.execute(text("SELECT 1"))
        raw: Any = connection.connection.dbapi_connection
        return raw.info.transaction_status

    store = Store(engine)
    assert await store.read(begun) == 0
    assert await store.run(begun) != 0
    store.close()
