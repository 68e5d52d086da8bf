"""What citizens lose here: an answer, where a statement the database keeps is not the one that was meant."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Integer, Text, bindparam, case, cast, func, literal, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.database import connect
from bot.preparing import WORTH

OFTEN = 2 * WORTH
LONG = text("SELECT INTERVAL :long")
HOSTILE = "'; DROP TABLE thing; -- %(two)s $1 %% :one ?"


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    found = connect(postgres_url)
    with found.begin() as connection:
        connection.execute(
            text("CREATE TABLE thing (id integer PRIMARY KEY, name text, at double precision)")
        )
    yield found
    found.dispose()


def prepared(connection: Connection) -> list[str]:
    """What the database keeps for this connection."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY name")
        return [statement for (statement,) in cursor.fetchall()]


def test_what_comes_again_is_kept_and_what_comes_once_is_not(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SELECT 1 + :n"), {"n": 1})
        for number in range(OFTEN):
            connection.execute(
                text("INSERT INTO thing (id, name, at) VALUES (:id, :name, :at)"),
                {"id": number, "name": HOSTILE, "at": 1.5},
            )
        (kept,) = prepared(connection)
    assert "INSERT INTO thing" in kept and "VALUES ($1, $2, $3)" in kept
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, name, at FROM thing ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [(number, HOSTILE, 1.5) for number in range(OFTEN)]


@pytest.mark.parametrize(
    ("query", "values", "found"),
    [
        (select(literal(7), literal(1.5), literal("a%"), literal(True)), {}, (7, 1.5, "a%", True)),
        (select(case((literal(True), 1), else_=0), func.sum(bindparam("n"))), {"n": 2}, (1, 2)),
        (select(func.sum(bindparam("n"))), {"n": 2**40}, (Decimal(2**40),)),
        (select(func.coalesce(bindparam("n", type_=Text), "nothing")), {"n": None}, ("nothing",)),
        (select(cast(bindparam("n"), Integer) + 1), {"n": "41"}, (42,)),
        (select(func.substr("abcdef", bindparam("n"), 2)), {"n": 3}, ("cd",)),
        (text("SELECT 5 % 3, 'a%b' LIKE :like"), {"like": "a\\%b"}, (2, True)),
        (select(bindparam("n")), {"n": Decimal("1.10")}, (Decimal("1.10"),)),
        (select(bindparam("n")), {"n": 2**40}, (2**40,)),
        (select(bindparam("n")), {"n": 2**70}, (Decimal(2**70),)),
    ],
)
def test_it_says_the_same_as_the_first_time(
    engine: Engine, query: Any, values: dict[str, Any], found: tuple[Any, ...]
) -> None:
    """A number that comes back as text would be compared, added up and shown wrongly."""
    with engine.begin() as connection:
        for _ in range(OFTEN):
            row = tuple(connection.execute(query, values).one())
            assert row == found and [type(one) for one in row] == [type(one) for one in found]


def test_values_of_another_kind_are_another_statement(engine: Engine) -> None:
    with engine.begin() as connection:
        for value in [1, 1.5, "2", None] * OFTEN:
            assert connection.execute(select(bindparam("n")), {"n": value}).scalar_one() == value
        assert len(prepared(connection)) == 3


def test_what_cannot_be_kept_harms_no_transaction(engine: Engine) -> None:
    """Values that must stand in the text; the transaction must not end for the attempt."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO thing (id) VALUES (1)"))
        for _ in range(OFTEN):
            assert connection.execute(LONG, {"long": "2 hours"}).scalar_one() == timedelta(hours=2)
        assert prepared(connection) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM thing")).scalar_one() == 1


def test_outside_of_a_transaction_too(engine: Engine) -> None:
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    with alone.connect() as connection:
        for _ in range(OFTEN):
            assert connection.execute(text("SELECT :a || 'b'"), {"a": "a"}).scalar_one() == "ab"
            assert connection.execute(LONG, {"long": "2 hours"}).scalar_one() == timedelta(hours=2)
        assert len(prepared(connection)) == 1


def test_a_failure_is_told_as_ever(engine: Engine) -> None:
    insert = text("INSERT INTO thing (id, name) VALUES (:id, :name)")
    with engine.begin() as connection:
        for number in range(OFTEN):
            connection.execute(insert, {"id": number, "name": "x"})
    for _ in range(OFTEN):
        with pytest.raises(DBAPIError, match="duplicate key"), engine.begin() as connection:
            connection.execute(insert, {"id": 0, "name": "y"})
    with engine.begin() as connection:
        assert connection.execute(insert, {"id": OFTEN, "name": "z"}).rowcount == 1


def test_after_a_column_became_another_the_next_try_succeeds(engine: Engine) -> None:
    """During an upgrade the processes of before go on answering."""
    query = text("SELECT at FROM thing WHERE id = :id")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO thing (id, at) VALUES (1, 2)"))
        for _ in range(OFTEN):
            connection.execute(query, {"id": 1})
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE thing ALTER at TYPE text"))
    with pytest.raises(DBAPIError, match="cached plan"), engine.begin() as connection:
        connection.execute(query, {"id": 1})
    for _ in range(OFTEN):
        with engine.begin() as connection:
            assert connection.execute(query, {"id": 1}).scalar_one() == "2"


def test_a_connection_keeps_no_more_than_it_has_room_for(engine: Engine) -> None:
    with engine.begin() as connection:
        for number in range(300):
            for _ in range(WORTH):
                connection.execute(text(f"SELECT :n + {number}"), {"n": 1})
        assert len(prepared(connection)) == 200
        assert connection.execute(text("SELECT :n + 299"), {"n": 1}).scalar_one() == 300


def test_rows_read_in_portions_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        slowly = connection.execution_options(stream_results=True)
        for _ in range(OFTEN):
            assert slowly.execute(text("SELECT generate_series(1, :n)"), {"n": 3}).scalars().all() == [
                1,
                2,
                3,
            ]
