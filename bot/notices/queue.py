"""Reminders on their way: found when due, each ended once, whoever of several processes is first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from bot.clause import clause
from bot.notices.kinds import RULES, Kind
from bot.notices.states import State, Told
from bot.notices.tables import reminder


@dataclass(frozen=True)
class Due:
    """A reminder that waits. ``returns``: how often it was sent and came back; ``mark``: what tells it apart,
    see ``bot.notices.changed``.
    """

    id: int
    conversation_id: str
    kind: Kind
    subject: str
    due_at: float
    returns: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Sent:
    """A notice that left at ``sent_at`` for an address; ``returns``: how often it came back before."""

    id: int
    conversation_id: str
    kind: Kind
    identity_id: int
    sent_at: float
    returns: int


_WAITING = clause(
    select(reminder).where(
        reminder.c.conversation_id == bindparam("b_conversation"),
        reminder.c.state == bindparam("b_state"),
        reminder.c.try_at <= bindparam("b_now"),
    )
)


def conversations(connection: Connection, now: float, limit: int) -> list[str]:
    """Conversations with a reminder due, longest due first."""
    query = (
        select(reminder.c.conversation_id)
        .where(reminder.c.state == State.WAITING.value, reminder.c.try_at <= now)
        .group_by(reminder.c.conversation_id)
        .order_by(func.min(reminder.c.try_at))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def due(connection: Connection, conversation_id: str, now: float) -> list[Due]:
    """What is due in a conversation, urgent first, then by time."""
    rows = _rows(connection, conversation_id, State.WAITING, now)
    return sorted(rows, key=lambda one: (not RULES[one.kind].urgent, one.due_at, one.id))


def held(connection: Connection, conversation_id: str) -> list[Due]:
    """What waits for the citizen to write, by time."""
    rows = _rows(connection, conversation_id, State.HELD, float("inf"))
    return sorted(rows, key=lambda one: (one.due_at, one.id))


def outdated(reminders: Sequence[Due]) -> frozenset[int]:
    """Ids of those about which a later one of the same family and subject says the same or more."""
    latest: dict[tuple[str, str], Due] = {}
    for one in sorted(reminders, key=lambda one: (one.due_at, one.id)):
        latest[RULES[one.kind].family, one.subject] = one
    kept = {one.id for one in latest.values()}
    return frozenset(one.id for one in reminders if one.id not in kept)


def take(connection: Connection, one: Due, told: Told, identity_id: int, now: float) -> bool:
    """Mark as told; False when another process was first. Say it in the same transaction."""
    values = {"state": State.SENT.value, "told": told.value, "identity_id": identity_id, "finished_at": now}
    return _end(connection, one.id, values)


def end(connection: Connection, one: Due, state: State, now: float) -> bool:
    """Mark as held or skipped."""
    return _end(connection, one.id, {"state": state.value, "finished_at": now})


def postpone(connection: Connection, one: Due, at: float) -> bool:
    """Look again at ``at``."""
    return _end(connection, one.id, {"try_at": at})


def told_since(connection: Connection, conversation_id: str, since: float) -> int:
    """How many notices were sent from a moment on, without answers and what was told at a visit."""
    query = select(func.count()).where(
        reminder.c.conversation_id == conversation_id,
        reminder.c.told == Told.NOTICE.value,
        reminder.c.state == State.SENT.value,
        reminder.c.finished_at >= since,
    )
    return int(connection.execute(query).scalar_one())


def sent_since(connection: Connection, since: float) -> list[Sent]:
    """Notices sent from a moment on."""
    query = select(reminder).where(
        reminder.c.state == State.SENT.value,
        reminder.c.told == Told.NOTICE.value,
        reminder.c.finished_at >= since,
    )
    return [
        Sent(row.id, row.conversation_id, Kind(row.kind), row.identity_id, row.finished_at, row.returns)
        for row in connection.execute(query)
    ]


def take_back(connection: Connection, id: int, state: State, now: float) -> bool:
    """It surely did not arrive: it waits or is held again."""
    sent = (reminder.c.id == id) & (reminder.c.state == State.SENT.value)
    values = {"state": state.value, "told": None, "try_at": now, "returns": reminder.c.returns + 1}
    taken: int = connection.execute(update(reminder).where(sent).values(values)).rowcount
    return taken == 1


def _end(connection: Connection, id: int, values: dict[str, Any]) -> bool:
    waiting = (reminder.c.id == id) & reminder.c.state.in_((State.WAITING.value, State.HELD.value))
    ended: int = connection.execute(update(reminder).where(waiting).values(values)).rowcount
    return ended == 1


def _rows(connection: Connection, conversation_id: str, state: State, now: float) -> list[Due]:
    found = _WAITING.rows(connection, b_conversation=conversation_id, b_state=state.value, b_now=now)
    return [
        Due(row.id, row.conversation_id, Kind(row.kind), row.subject, row.due_at, row.returns, row.mark)
        for row in found
    ]


def drop(connection: Connection, conversation_id: str) -> None:
    """Delete what came too late into an erased conversation."""
    connection.execute(delete(reminder).where(reminder.c.conversation_id == conversation_id))
