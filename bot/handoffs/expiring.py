"""Ends hand-offs nobody came to in time: a queue nobody works off must not keep citizens hoping for ever.

Whoever left a contact stays, they wait for a call and not here; so does danger and corruption, which
somebody has to have seen.
"""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.handoffs.history import note_event
from bot.handoffs.states import Cause, Ending, Happening, State
from bot.handoffs.tables import handoff, handoff_event

_INTO_THE_QUEUE = [
    happening.value
    for happening in (Happening.OPENED, Happening.RELEASED, Happening.FORWARDED, Happening.RETURNED)
]
_MAY_EXPIRE = (
    (handoff.c.state == State.WAITING.value)
    & (handoff.c.cause != Cause.SAFETY.value)
    & handoff.c.contact_sealed.is_(None)
)


@dataclass(frozen=True)
class Stay:
    """A hand-off in the queue. ``since``: when it came, or was given back to it, in POSIX seconds."""

    handoff_id: int
    conversation_id: str
    since: float


def stays(connection: Connection, before: float, limit: int) -> list[Stay]:
    """Those that may expire and are in the queue since before that time, longest first."""
    since = (
        select(func.max(handoff_event.c.at))
        .where(handoff_event.c.handoff_id == handoff.c.id, handoff_event.c.happening.in_(_INTO_THE_QUEUE))
        .scalar_subquery()
    )
    query = (
        select(handoff.c.id, handoff.c.conversation_id, since.label("since"))
        # The first of the two follows from the second; it is the one with an index.
        .where(_MAY_EXPIRE, handoff.c.opened_at < before, since < before)
        .order_by(handoff.c.opened_at, handoff.c.id)
        .limit(limit)
    )
    return [Stay(row.id, row.conversation_id, row.since) for row in connection.execute(query)]


def expire(connection: Connection, stay: Stay, now: float) -> bool:
    """End it as expired. False when somebody took it, or its citizen left a contact, in the meantime. The
    caller holds the conversation.
    """
    values = {
        "state": State.ENDED.value,
        "ending": Ending.EXPIRED.value,
        "ended_at": now,
        "changed_at": now,
    }
    late = update(handoff).where(handoff.c.id == stay.handoff_id, _MAY_EXPIRE)
    if not connection.execute(late.values(values)).rowcount:
        return False
    note_event(connection, stay.handoff_id, Happening.ENDED, now, comment=Ending.EXPIRED.value)
    return True
