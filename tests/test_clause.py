"""Clauses: what is read and written past SQLAlchemy is the same, and is done or undone with the rest."""

from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, func, insert, literal, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.clause import clause
from bot.conversations.tables import conversation, identity, message, turn
from bot.database import connect, insert_numbered, insert_once
from bot.rendered import compiled_for, render
from bot.transactions import transact

_HERE = "c" * 32
_BODY = {"text": "Khai sinh: '%(one)s' ? :two", "files": [1, None, 0.5]}
_OPENED = clause(insert(conversation).inline(), ("id", "last_seq", "lease_until", "created_at", "active_at"))
_COUNTED = clause(
    update(conversation)
    .where(conversation.c.id == bindparam("b_id"))
    .values(last_seq=conversation.c.last_seq + bindparam("b_more"))
)
_HELD = select(conversation).where(conversation.c.id == bindparam("b_id"))


def open_one(connection: Connection) -> None:
    _OPENED.change(connection, id=_HERE, last_seq=0, lease_until=0.5, created_at=1.0, active_at=2.0)


def said(seq: int) -> dict[str, Any]:
    """A row of the log."""
    names = {"author": "citizen", "channel": "web", "message_id": None}
    return {"conversation_id": _HERE, "seq": seq, **names, "body": _BODY, "created_at": 3.0}


def recorded(message_id: str, accented: bool | None) -> dict[str, Any]:
    """A turn without what its table fills in."""
    known = {"conversation_id": _HERE, "message_id": message_id, "channel": "web", "intent": "greet"}
    scores = {"confidence": 0.25, "candidates": [{"code": "1.001193", "score": 1}], "sources": []}
    return {**known, **scores, "outcome": "answered", "accented": accented, "elapsed_ms": 1.5, "at": 4.0}


@pytest.mark.parametrize("times", [1, 5])
def test_rows_are_those_of_sqlalchemy(engine: Engine, times: int) -> None:
    """Words, numbers, documents, yes and no, nothing: a citizen's text must not change on its way."""
    everything = select(message.c.body, turn, literal("%s ?").label("mark")).where(
        message.c.conversation_id == turn.c.conversation_id, turn.c.message_id != bindparam("b_other")
    )
    everything = everything.order_by(turn.c.id)
    with engine.begin() as connection:
        open_one(connection)
        clause(insert(message).inline(), tuple(said(1))).change(connection, **said(1))
        for place, accented in enumerate((True, False, None)):
            insert_once(connection, turn, recorded(f"m{place}", accented))
        wanted = connection.execute(everything, {"b_other": "m9"}).all()
        known = clause(everything)
        for _ in range(times):
            found = known.rows(connection, b_other="m9")
    assert [tuple(row) for row in found] == [tuple(row) for row in wanted]
    assert [[type(value) for value in row] for row in found] == [[type(v) for v in row] for row in wanted]
    assert found[0].body == _BODY
    assert [row.accented for row in found] == [True, False, None]
    assert found[0].revision == 0, "what the table fills in"


def test_it_is_undone_with_its_transaction(engine: Engine) -> None:
    """Half of a turn must never stay."""
    with engine.connect() as connection:
        open_one(connection)
        connection.rollback()
    with engine.begin() as connection:
        assert clause(_HELD).row(connection, b_id=_HERE) is None


def test_how_many_rows_changed_is_told(engine: Engine) -> None:
    """By that a worker knows whether a message is still its own."""
    with engine.begin() as connection:
        open_one(connection)
        assert _COUNTED.change(connection, b_id=_HERE, b_more=2) == 1
        assert _COUNTED.change(connection, b_id="x", b_more=2) == 0
        row = clause(_HELD).row(connection, b_id=_HERE)
    assert row is not None
    assert (row.last_seq, row.lease_owner) == (2, None)


def test_a_number_is_given_once(engine: Engine) -> None:
    with engine.begin() as connection:
        open_one(connection)
        first = insert_numbered(connection, turn, recorded("m1", True))
        assert insert_numbered(connection, turn, recorded("m1", True)) is None
        second = insert_numbered(connection, turn, recorded("m2", True))
        kept = connection.execute(select(turn.c.id).order_by(turn.c.id)).scalars().all()
    assert [first, second] == kept


def test_what_is_wanted_has_to_be_told(engine: Engine) -> None:
    """A name mistaken would change nothing, and nobody would hear of it."""
    with engine.begin() as connection:
        for wrong in ({"b_id": "x"}, {"b_id": "x", "b_more": 1, "b_other": 1}):
            with pytest.raises(ValueError, match="given are"):
                _COUNTED.change(connection, **wrong)


def test_errors_are_those_of_sqlalchemy_without_words(engine: Engine) -> None:
    """What catches them knows no driver, and a log must not quote a citizen."""
    append = clause(insert(message).inline(), tuple(said(1)))
    with engine.connect() as connection:
        open_one(connection)
        append.change(connection, **said(1))
        with pytest.raises(IntegrityError) as raised:
            append.change(connection, **said(1))
    assert "Khai sinh" not in str(raised.value)
    assert not raised.value.connection_invalidated
    with engine.begin() as connection, pytest.raises(DBAPIError, match="no_such"):
        clause(select(func.no_such(bindparam("b_one")))).rows(connection, b_one=1)


def test_a_lost_connection_repeats_the_transaction(postgres_url: str) -> None:
    """The database is renewed in the middle of the day: no message may be lost by that."""
    engine = connect(postgres_url, repeated=True)
    mine = select(func.pg_backend_pid())
    known, tries = clause(mine), []
    with engine.connect() as one, engine.connect() as other:
        numbers = [connection.execute(mine).scalar_one() for connection in (one, other)]
    with connect(postgres_url).connect() as connection:
        for number in numbers:
            connection.execute(select(func.pg_terminate_backend(number)))

    def work(connection: Connection) -> int:
        tries.append(1)
        return int(known.rows(connection)[0][0])

    assert transact(engine, work) not in numbers
    assert len(tries) == 2
    engine.dispose()


def test_what_is_lost_is_told_as_such(postgres_url: str) -> None:
    engine = connect(postgres_url, repeated=True)
    end = clause(select(func.pg_terminate_backend(func.pg_backend_pid())))
    with pytest.raises(OperationalError) as raised, engine.begin() as connection:
        end.rows(connection)
    assert raised.value.connection_invalidated
    engine.dispose()


def test_what_a_function_fills_in_is_refused(engine: Engine) -> None:
    """Otherwise all rows would get what it said the first time."""
    places = iter(range(9))
    table = Table("t", MetaData(), Column("a", Integer), Column("b", Integer, default=lambda: next(places)))
    with pytest.raises(ValueError, match="anew"):
        render(compiled_for(insert(table), engine.dialect, ("a",)))


def test_an_address_is_kept_once(engine: Engine) -> None:
    """Two gateways that meet somebody new at the same time must not make two of them."""
    row = {"channel": "web", "external_id": "s", "reach": "reachable", "created_at": 1.0, "heard_at": 1.0}
    with engine.begin() as connection:
        open_one(connection)
        assert insert_once(connection, identity, {**row, "conversation_id": _HERE})
        assert not insert_once(connection, identity, {**row, "conversation_id": _HERE})


def test_a_list_of_values_is_refused(engine: Engine) -> None:
    """Its text would be that of the first list for ever."""
    listed = select(conversation.c.id).where(conversation.c.id.in_(["a", "b"]))
    with pytest.raises(ValueError, match="as long as"), engine.begin() as connection:
        clause(listed).rows(connection)
