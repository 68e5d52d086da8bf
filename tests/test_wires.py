"""What citizens lose here: all wait while the database works for one, or somebody gets another's answer."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import uvloop
from sqlalchemy import bindparam, func, literal, select, text
from sqlalchemy.engine import Engine

from bot.aside import working
from bot.conversations import sessions
from bot.database import connect
from bot.lookup import Lookup
from bot.wire import Wire
from bot.wires import AT_ONCE

HOSTILE = "'; DROP TABLE session; -- %(who)s $1 %% :who ?"
_SAID = Lookup(select(bindparam("who"), literal("%s ?"), bindparam("number")))
_BACKEND = Lookup(select(func.pg_backend_pid(), bindparam("who")))
_SLOW = Lookup(select(func.pg_sleep(bindparam("seconds"))))
_ENDING = Lookup(select(func.pg_terminate_backend(func.pg_backend_pid()), bindparam("who")))
_WAITS = Lookup(select(func.pg_advisory_xact_lock(bindparam("key"))))
OFTEN = 5


@pytest.fixture(params=[asyncio.DefaultEventLoopPolicy, uvloop.EventLoopPolicy], ids=["asyncio", "uvloop"])
def event_loop_policy(request: pytest.FixtureRequest) -> asyncio.AbstractEventLoopPolicy:
    """Assistants run on uvloop, commands and tests on asyncio's own."""
    policy: asyncio.AbstractEventLoopPolicy = request.param()
    return policy


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[Engine]:
    found = connect(postgres_url, kept_open=True)
    sessions.create(found)
    yield found
    found.dispose()


async def said(engine: Engine, who: str, number: int = 0) -> tuple[object, ...]:
    """What a turn is told about itself."""
    (row,) = await working(lambda: _SAID.rows(engine, who=who, number=number))
    return row


async def backends(engine: Engine, times: int) -> set[int]:
    """Connections that so many turns at once had."""

    def work() -> int:
        _SLOW.rows(engine, seconds=0.05)
        return int(_BACKEND.rows(engine, who="x")[0][0])

    return set(await asyncio.gather(*(working(work) for _ in range(times))))


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Whoever wants the lock waits until the end of the block."""
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(1)"))
        yield


def end_all(engine: Engine) -> None:
    """As a restart of the server does."""
    other = connect(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{mine} AND pid <> pg_backend_pid()"))
    other.dispose()


async def test_values_come_back_as_they_were_given(engine: Engine) -> None:
    """The first time and when the statement is prepared."""
    for number in [1, 2**40] * OFTEN:
        assert await said(engine, HOSTILE, number) == (HOSTILE, "%s ?", number)


async def test_what_is_kept_is_what_was_said(engine: Engine) -> None:
    """Also where it does not fit into the socket at once."""
    for length in (1, 3_000_000):
        events = [{"event": "slot", "value": "ạ\0'\\" * length}]
        for _ in range(OFTEN if length == 1 else 1):
            await working(sessions.save, engine, "An", events)
            assert await working(sessions.load, engine, "An") == events
    assert await working(sessions.load, engine, "Bình") is None
    assert sessions.load(engine, "An") == events


async def test_others_go_on_while_the_server_works(engine: Engine) -> None:
    with held(engine):
        waiting = asyncio.create_task(working(lambda: _WAITS.rows(engine, key=1)))
        for number in range(OFTEN):
            assert await said(engine, "An", number) == ("An", "%s ?", number)
        assert not waiting.done()
    await waiting


async def test_a_hundred_at_once_get_their_own(engine: Engine) -> None:
    """By a few connections: a server has a place for so many only."""
    found = await asyncio.gather(*(said(engine, f"c{number}", number) for number in range(100)))
    assert found == [(f"c{number}", "%s ?", number) for number in range(100)]
    assert len(await backends(engine, 20)) <= AT_ONCE


async def test_a_failure_is_told_and_harms_nobody(engine: Engine) -> None:
    wrong = Lookup(select(func.no_such(bindparam("who"))))
    for _ in range(2 * AT_ONCE):
        with pytest.raises(Exception, match="no_such"):
            await working(lambda: wrong.rows(engine, who="x"))
    assert await said(engine, "An") == ("An", "%s ?", 0)


async def test_a_lost_connection_is_no_lost_answer(engine: Engine) -> None:
    """The database is renewed in the middle of the day."""
    before = await backends(engine, AT_ONCE)
    for pause in (0, 0.1):
        end_all(engine)
        await asyncio.sleep(pause)
        assert await said(engine, "An") == ("An", "%s ?", 0)
    assert before.isdisjoint(await backends(engine, AT_ONCE))


async def test_a_transaction_after_a_loss_meets_a_connection_that_is_there(engine: Engine) -> None:
    """A dossier is kept in a transaction, which is not repeated."""
    await said(engine, "An")
    for pause in (0, 0.1):
        with engine.begin() as connection:
            connection.execute(select(literal(7)))
        end_all(engine)
        await asyncio.sleep(pause)
        if not pause:
            await said(engine, "An")
        with engine.begin() as connection:
            assert connection.execute(select(literal(7))).scalar_one() == 7


async def test_a_lost_server_is_told_as_such(engine: Engine) -> None:
    with pytest.raises(Exception, match="server closed|terminating connection"):
        await working(lambda: _ENDING.rows(engine, who="x"))
    assert await said(engine, "An") == ("An", "%s ?", 0)


async def test_a_database_that_is_away_is_told_and_found_again(engine: Engine) -> None:
    """The turn fails, and the gateway tries it again."""
    name = f"away_{uuid4().hex}"
    url = engine.url.set(database=name)
    away = connect(url.render_as_string(hide_password=False))
    for _ in range(AT_ONCE + 1):
        with pytest.raises(Exception, match=name):
            await said(away, "An")
    with connect(engine.url.render_as_string(hide_password=False)).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE {name}"))
    assert await said(away, "An") == ("An", "%s ?", 0)
    end_all(away)


async def test_who_is_called_off_leaves_no_answer_to_others(engine: Engine) -> None:
    with held(engine):
        for number in range(2 * AT_ONCE):
            waiting = asyncio.create_task(working(lambda: _WAITS.rows(engine, key=1)))
            await said(engine, "An")
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert await said(engine, "An", number) == ("An", "%s ?", number)


async def test_after_a_column_became_another_answers_go_on(engine: Engine) -> None:
    """During an upgrade the processes of before go on answering."""
    await working(sessions.save, engine, "An", [{"event": "restart"}])
    for change in ("bytea USING body", "text USING encode(body, 'escape')"):
        assert await working(sessions.load, engine, "An") == [{"event": "restart"}]
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE session ALTER body TYPE {change}"))
    assert await working(sessions.load, engine, "An") == [{"event": "restart"}]


async def test_a_turn_that_is_kept_waits_for_no_disk(engine: Engine) -> None:
    found = Lookup(select(func.current_setting(bindparam("name"))))
    assert await working(lambda: found.rows(engine, name="synchronous_commit")) == [("off",)]


def test_each_event_loop_has_its_own(postgres_url: str) -> None:
    """A loop that has ended waits for nothing."""
    engine = connect(postgres_url)
    for _ in range(3):
        assert asyncio.run(said(engine, "An")) == ("An", "%s ?", 0)
    engine.dispose()


async def test_what_is_lost_while_it_rests_keeps_nobody_busy(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Wire] = []
    look = Wire._look

    def noted(wire: Wire) -> None:
        looks.append(wire)
        look(wire)

    monkeypatch.setattr(Wire, "_look", noted)
    await backends(engine, AT_ONCE)
    looks.clear()
    end_all(engine)
    # Whoever looks first gives up the others, which then need not look any more.
    while not looks:
        await asyncio.sleep(0.01)
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(looks) <= 2 * AT_ONCE
    assert await said(engine, "An") == ("An", "%s ?", 0)
