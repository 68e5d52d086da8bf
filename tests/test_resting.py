"""What citizens lose here: their first message after the database was renewed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from bot.resting import look_after_rest


@pytest.fixture
def pinged(postgres_url: str) -> Iterator[tuple[Engine, list[str]]]:
    """An engine whose connections are asked each time, and what they were asked."""
    engine = create_engine(postgres_url, future=True)
    asked: list[str] = []
    ping = engine.dialect.do_ping

    def noted(connection: object) -> bool:
        asked.append("still there?")
        return bool(ping(connection))

    engine.dialect.do_ping = noted
    yield engine, asked
    engine.dispose()


def ask(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT 7")).scalar_one())


def end_all(engine: Engine) -> None:
    """As a restart of the server does."""
    other = create_engine(engine.url, future=True, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{mine} AND pid <> pg_backend_pid()"))
    other.dispose()


def test_a_connection_in_use_is_not_asked(pinged: tuple[Engine, list[str]]) -> None:
    engine, asked = pinged
    look_after_rest(engine, rest=60)
    assert [ask(engine) for _ in range(5)] == [7] * 5 and asked == []


def test_one_that_rested_is_asked_and_all_are_made_anew_when_it_is_gone(
    pinged: tuple[Engine, list[str]],
) -> None:
    engine, asked = pinged
    made: list[object] = []
    event.listen(engine, "connect", lambda connection, _record: made.append(connection))
    look_after_rest(engine, rest=0)
    with engine.connect(), engine.connect():
        pass
    end_all(engine)
    assert ask(engine) == 7 and len(made) == 3 and asked
    before = len(asked)
    with engine.connect(), engine.connect():
        pass
    assert len(made) == 4 and len(asked) == before + 1
