"""What Rasa has to remember of a conversation between two messages: one small row, without words.

The conversation itself is kept, masked, in ``bot.conversations``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, delete, inspect, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

metadata = MetaData()
# ``body``: the events of ``bot.engine.trimming`` as JSON. In the database of Rasa's tracker store, which
# has no migrations: the table is made where it is missing.
session = Table(
    "session",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

Events = list[dict[str, Any]]
_WRITES: Mapping[str, Any] = {
    dialect: written.on_conflict_do_update(index_elements=["sender_id"], set_={"body": written.excluded.body})
    for dialect, written in (
        ("sqlite", sqlite_insert(session)),
        ("postgresql", postgresql_insert(session)),
    )
}


def create(engine: Engine) -> None:
    """Make the table where it is missing; another process may be making it, too."""
    try:
        metadata.create_all(engine)
    except DBAPIError:
        if not inspect(engine).has_table(session.name):
            raise


def load(connection: Connection, sender_ids: Sequence[str]) -> dict[str, Events]:
    """What is remembered of those of the conversations that are known."""
    query = select(session).where(session.c.sender_id.in_(sender_ids))
    return {row.sender_id: msgspec.json.decode(row.body) for row in connection.execute(query)}


def save(connection: Connection, remembered: Mapping[str, Events]) -> None:
    """Remember this of each conversation, and nothing older."""
    rows = [{"sender_id": who, "body": msgspec.json.encode(what)} for who, what in sorted(remembered.items())]
    connection.execute(_WRITES[connection.dialect.name], rows)


def known(connection: Connection) -> Iterable[str]:
    """Ids of all conversations."""
    return list(connection.execute(select(session.c.sender_id)).scalars())


def forget(connection: Connection, sender_id: str) -> None:
    """Remember nothing of a conversation."""
    connection.execute(delete(session).where(session.c.sender_id == sender_id))
