"""Citizens as their channels know them, and the conversation each address belongs to."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoResultFound

from bot.clause import clause
from bot.conversations.channel import Channel, Reach
from bot.conversations.tables import conversation, identity
from bot.database import Change, insert_once


@dataclass(frozen=True)
class Person:
    """An address on a channel. ``heard_at``: their last message; ``greeted_at``: when told who we are."""

    id: int
    channel: Channel
    external_id: str
    conversation_id: str
    reach: Reach
    heard_at: float
    greeted_at: float | None


_HEARD = Change(
    identity,
    (identity.c.channel == bindparam("b_channel")) & (identity.c.external_id == bindparam("b_external")),
    {"heard_at": bindparam("b_now"), "reach": Reach.REACHABLE.value},
)
_BY_ADDRESS = clause(
    select(identity).where(
        identity.c.channel == bindparam("b_channel"), identity.c.external_id == bindparam("b_external")
    )
)
_BY_ID = clause(select(identity).where(identity.c.id == bindparam("b_id")))
_OPENED = clause(insert(conversation), ("id", "last_seq", "lease_until", "created_at", "active_at"))


def meet(connection: Connection, channel: Channel, external_id: str, now: float) -> Person:
    """The person behind an address who has just written, new or known."""
    # The update comes first: it holds the row, so that nobody moves the address to another conversation now.
    row = _HEARD.make(connection, {"b_channel": channel.value, "b_external": external_id, "b_now": now})
    if row is not None:
        return person_of(row)
    values = {
        "channel": channel.value,
        "external_id": external_id,
        "conversation_id": open_conversation(connection, now),
        "reach": Reach.REACHABLE.value,
        "created_at": now,
        "heard_at": now,
    }
    # Another process may be first; its conversation counts, ours stays empty.
    insert_once(connection, identity, values)
    known = find(connection, channel, external_id)
    assert known is not None
    return known


def find(connection: Connection, channel: Channel, external_id: str) -> Person | None:
    """The person behind an address; None when never heard of."""
    row = _BY_ADDRESS.row(connection, b_channel=channel.value, b_external=external_id)
    return person_of(row) if row else None


def person(connection: Connection, identity_id: int) -> Person:
    """The person with this row id; raises ``NoResultFound`` once erased."""
    row = _BY_ID.row(connection, b_id=identity_id)
    if row is None:
        raise NoResultFound("no such address")
    return person_of(row)


def open_conversation(connection: Connection, now: float) -> str:
    """Id of a new, empty conversation."""
    fresh = uuid4().hex
    _OPENED.change(connection, id=fresh, last_seq=0, lease_until=0.0, created_at=now, active_at=now)
    return fresh


def mark_reach(connection: Connection, identity_id: int, reach: Reach) -> None:
    """Remember whether this address can be written to."""
    connection.execute(update(identity).where(identity.c.id == identity_id).values(reach=reach.value))


def mark_greeted(connection: Connection, identity_id: int, now: float) -> None:
    """Remember that this address was told who we are and what is kept."""
    connection.execute(update(identity).where(identity.c.id == identity_id).values(greeted_at=now))


def person_of(row: Any) -> Person:
    """The person in a row of the table ``identity``."""
    return Person(
        id=row.id,
        channel=Channel(row.channel),
        external_id=row.external_id,
        conversation_id=row.conversation_id,
        reach=Reach(row.reach),
        heard_at=row.heard_at,
        greeted_at=row.greeted_at,
    )
