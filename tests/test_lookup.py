"""Lookups: what is read past SQLAlchemy must be what stands there, and leave no connection taken."""

import pytest
from sqlalchemy import bindparam, func, literal, select
from sqlalchemy.engine import Engine
from sqlalchemy.sql import Insert

from bot.conversations.tables import conversation
from bot.database import connect
from bot.lookup import Lookup

_GIVEN = Lookup(
    select(func.count(conversation.c.id), bindparam("one"), literal("%s ?"), bindparam("two"))
    .where(conversation.c.id != bindparam("one"))
    .limit(1)
)
HOSTILE = "'; DROP TABLE conversation; -- %(two)s :one ?"


def look_up_in_vain(engine: Engine) -> None:
    with pytest.raises(Exception, match="no_such"):
        Lookup(select(func.no_such(bindparam("one")))).rows(engine, one="x")


def one_more(letter: str) -> Insert:
    """A conversation."""
    values = {"last_seq": 0, "id": letter * 32}
    columns = {column.name for column in conversation.columns if not column.nullable and not column.default}
    return conversation.insert().values(
        {name: values.get(name, 1.0 if name.endswith("_at") else "web") for name in columns}
    )


def test_values_come_back_as_they_were_given(engine: Engine) -> None:
    """Values go to the database beside the statement, never inside it."""
    for _ in range(2):
        assert _GIVEN.rows(engine, one=HOSTILE, two="ạ") == [(0, HOSTILE, "%s ?", "ạ")]


def test_nothing_found_is_no_row(engine: Engine) -> None:
    found = Lookup(select(conversation.c.id).where(conversation.c.id == bindparam("id")))
    assert found.rows(engine, id="x") == []


def test_what_is_looked_up_has_to_be_told(engine: Engine) -> None:
    """A name mistaken would look up nothing, and nothing would be found for anybody."""
    for wrong in ({"one": "x"}, {"one": "x", "two": "y", "three": "z"}, {"one": "x", "other": "y"}):
        with pytest.raises(ValueError, match="given are"):
            _GIVEN.rows(engine, **wrong)


@pytest.mark.parametrize("fails", [False, True])
def test_the_connection_is_given_back(engine: Engine, fails: bool) -> None:
    """Otherwise the assistant falls silent after as many messages as the pool has connections."""
    for _ in range(40):
        if fails:
            look_up_in_vain(engine)
        else:
            _GIVEN.rows(engine, one="x", two="y")
    with engine.connect() as connection:
        assert connection.execute(select(func.count(conversation.c.id))).scalar_one() == 0


@pytest.mark.parametrize("fails", [False, True])
def test_the_next_transaction_is_one_again(engine: Engine, fails: bool) -> None:
    """Otherwise half of a change would stay after a crash."""
    for _ in range(6):
        if fails:
            look_up_in_vain(engine)
        _GIVEN.rows(engine, one="x", two="y")
    with engine.connect() as connection:
        connection.execute(one_more("b"))
        connection.rollback()
    assert _GIVEN.rows(engine, one="x", two="y")[0][0] == 0


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_lost_server_is_told_as_such(engine: Engine) -> None:
    """Whoever reads the log must find what happened, not what came of it; the next message is answered."""
    end = Lookup(select(func.pg_terminate_backend(func.pg_backend_pid()), bindparam("one")))
    with pytest.raises(Exception, match="server closed|terminating connection"):
        end.rows(engine, one="x")
    assert _GIVEN.rows(engine, one="x", two="y") == [(0, "x", "%s ?", "y")]


def test_a_change_is_seen_at_once(engine: Engine) -> None:
    found = Lookup(select(bindparam("one"), func.count(conversation.c.id)))
    assert found.rows(engine, one="x") == [("x", 0)]
    with engine.begin() as connection:
        connection.execute(one_more("a"))
    assert found.rows(engine, one="x") == [("x", 1)]


def test_a_lost_connection_is_no_lost_answer(postgres_url: str) -> None:
    """The database is renewed in the middle of the day; a connection in use is not asked before."""
    engine = connect(postgres_url, repeated=True)
    seven = Lookup(select(literal(7), bindparam("one")))
    mine = select(func.pg_backend_pid())
    with engine.connect() as one, engine.connect() as other:
        numbers = [connection.execute(mine).scalar_one() for connection in (one, other)]
    with connect(postgres_url).connect() as connection:
        for number in numbers:
            connection.execute(select(func.pg_terminate_backend(number)))
    assert seven.rows(engine, one="x") == [(7, "x")]
    with engine.begin() as connection:
        assert connection.execute(select(literal(8))).scalar_one() == 8
    engine.dispose()


def test_a_read_leaves_no_transaction_open(engine: Engine) -> None:
    """One that stays open keeps a server from cleaning up, and a file from being written."""
    _GIVEN.rows(engine, one="x", two="y")
    pooled = engine.raw_connection()
    try:
        if engine.dialect.name == "postgresql":
            assert not pooled.dbapi_connection.autocommit
            assert pooled.dbapi_connection.info.transaction_status == 0
        else:
            assert not pooled.dbapi_connection.in_transaction
    finally:
        pooled.close()
