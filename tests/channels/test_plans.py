"""No query of the queues may read a whole table: after a year of messages each would hold up everybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.channels import erasing, inbox, outbox
from bot.channels.web import rows
from bot.conversations import erasing as conversations
from bot.conversations import log, people
from bot.conversations.channel import Channel
from tests.channels.conftest import START, sent_text

_KEY = b"k" * 32
_LARGE = r"\b(conversation|identity|message|inbox|outbox|attachment|button|feedback|link_code)\b"


def _expire(connection: Connection, _conversation_id: str) -> None:
    erasing.expire(connection, START + 1, START + 2, _KEY)


_WORK: dict[str, Callable[[Connection, str], Any]] = {
    "accept": lambda c, _: inbox.accept(c, sent_text(2), START, 0.0),
    "accept again": lambda c, _: inbox.accept(c, sent_text(1), START, 0.0),
    "claim": lambda c, _: inbox.claim(c, "me", START, 60.0, 16),
    "begin": lambda c, found: (inbox.claim(c, "me", START, 60.0, 16), inbox.begin(c, found, "me", START, 60)),
    "next due": lambda c, _: inbox.next_due(c),
    "overdue": lambda c, _: inbox.overdue(c, START),
    "release all": lambda c, _: inbox.release_all(c, "me"),
    "claim parts": lambda c, _: outbox.claim(c, "me", START, 32),
    "next part due": lambda c, _: outbox.next_due(c, START),
    "doubt": lambda c, _: outbox.doubt(c, "me", START, 60.0),
    "doubtful": lambda c, _: outbox.doubtful(c, Channel.ZALO, START),
    "confirm": lambda c, _: outbox.confirm(c, 1, "7", "text", START),
    "give up": lambda c, _: outbox.give_up(c, 1, START, "left"),
    "entries": lambda c, found: log.entries(c, found, 5),
    "find": lambda c, _: people.find(c, Channel.TELEGRAM, "111"),
    "read": lambda c, _: rows.read(c, "sid", _KEY, 0, 200),
    "prepare": lambda c, _: rows.prepare(c, "sid", _KEY, (), 20),
    "erase": lambda c, found: erasing.erase(c, found, START, _KEY),
    "expire": _expire,
    "haunted": lambda c, _: conversations.haunted(c, 100),
}


@pytest.mark.parametrize("name", _WORK)
def test_nothing_reads_a_whole_table(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with sqlite_engine.begin() as connection:
        found = inbox.accept(connection, sent_text(1), START, 0.0).conversation_id
    asked: list[tuple[str, Any]] = []

    dialect = sqlite_engine.dialect
    execute = dialect.do_execute

    def note(cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        asked.append((statement, parameters))
        execute(cursor, statement, parameters, context)

    with sqlite_engine.connect() as connection:
        with monkeypatch.context() as noting:
            noting.setattr(dialect, "do_execute", note)
            _WORK[name](connection, found)
        cursor = connection.connection.cursor()
        plans = [
            (step[3], statement)
            for statement, parameters in asked
            for step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        ]
    assert asked
    assert [plan for plan in plans if re.match(rf"SCAN {_LARGE}", plan[0])] == []
