"""What Rasa has to remember of a conversation between two messages: one small row, without words.

The conversation itself is kept, masked, in ``bot.conversations``.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, bindparam, delete, inspect, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.lookup import Lookup
from bot.upsert import Upsert

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
_DECODER = msgspec.json.Decoder(Events)
_LOAD = Lookup(select(session.c.body).where(session.c.sender_id == bindparam("sender_id")))
_SAVE = Upsert(session)


def create(engine: Engine) -> None:
    """Make the table where it is missing; another process may be making it, too."""
    try:
        metadata.create_all(engine)
    except DBAPIError:
        if not inspect(engine).has_table(session.name):
            raise


def load(engine: Engine, sender_id: str) -> Events | None:
    """What is remembered of a conversation; None of an unknown one."""
    rows = _LOAD.rows(engine, sender_id=sender_id)
    return _DECODER.decode(rows[0][0]) if rows else None


def save(engine: Engine, sender_id: str, remembered: Events) -> None:
    """Remember this of a conversation, and nothing older."""
    _SAVE.write(engine, sender_id=sender_id, body=msgspec.json.encode(remembered))


def known(connection: Connection) -> Iterable[str]:
    """Ids of all conversations."""
    return list(connection.execute(select(session.c.sender_id)).scalars())


def forget(connection: Connection, sender_id: str) -> None:
    """Remember nothing of a conversation."""
    connection.execute(delete(session).where(session.c.sender_id == sender_id))
