"""How a hand-off begins, becomes more urgent, and turns into a request to call back."""

from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Update

from bot.conversations.channel import Channel
from bot.database import insert_once
from bot.handoffs.history import note_event
from bot.handoffs.record import Handoff, handoff_of
from bot.handoffs.states import OPEN, Cause, Happening, State, Urgency
from bot.handoffs.tables import handoff

REOPENED_SECONDS = 7 * 86_400.0
"""Whoever comes back sooner than that was not helped the first time."""
_OPEN = sorted(state.value for state in OPEN)


def current(connection: Connection, conversation_id: str) -> Handoff | None:
    """The hand-off of a conversation that has not ended; there is at most one."""
    query = select(handoff).where(handoff.c.conversation_id == conversation_id, handoff.c.state.in_(_OPEN))
    row = connection.execute(query).one_or_none()
    return handoff_of(row) if row else None


def open_handoff(
    connection: Connection,
    conversation_id: str,
    identity_id: int,
    channel: Channel,
    cause: Cause,
    now: float,
    urgency: Urgency = Urgency.NORMAL,
    intent: str = "",
    procedure_code: str = "",
    from_seq: int = 0,
) -> Handoff:
    """Put a conversation into the queue. One that is there already is raised where this is more urgent, never
    doubled; whoever comes back within ``REOPENED_SECONDS`` of the last ending is noted as reopened.
    """
    values = {
        "conversation_id": conversation_id,
        "identity_id": identity_id,
        "channel": channel.value,
        "state": State.WAITING.value,
        "cause": cause.value,
        "urgency": urgency.value,
        "intent": intent,
        "procedure_code": procedure_code,
        "from_seq": from_seq,
        "opened_at": now,
        "changed_at": now,
    }
    while True:
        is_new = insert_once(connection, handoff, values)
        found = current(connection, conversation_id)
        # None: somebody ended the one that was in the way, between the two statements.
        if found is not None:
            break
    if is_new:
        comment = "" if cause is Cause.ASKED else cause.value
        note_event(connection, found.id, Happening.OPENED, now, comment=comment)
        _note_return(connection, found, now)
    elif raise_urgency(connection, found.id, urgency, now, cause, intent):
        return _present(connection, found.id)
    return found


def raise_urgency(
    connection: Connection,
    handoff_id: int,
    urgency: Urgency,
    now: float,
    cause: Cause | None = None,
    intent: str = "",
) -> bool:
    """Make an open hand-off more urgent; what made it so becomes its cause. False when it was so before."""
    values: dict[str, object] = {"urgency": urgency.value, "changed_at": now}
    if cause is not None:
        values |= {"cause": cause.value, "intent": intent}
    raised = update(handoff).where(
        handoff.c.id == handoff_id, handoff.c.state.in_(_OPEN), handoff.c.urgency < urgency.value
    )
    if not connection.execute(raised.values(values)).rowcount:
        return False
    note_event(connection, handoff_id, Happening.RAISED, now, comment=urgency.name.lower())
    return True


def raise_overdue(connection: Connection, opened_before: float, now: float) -> int:
    """Raise all that still wait for a first claim though opened before that time; how many."""
    query = select(handoff.c.id).where(
        handoff.c.state == State.WAITING.value,
        handoff.c.claimed_at.is_(None),
        handoff.c.opened_at < opened_before,
        handoff.c.urgency < Urgency.OVERDUE.value,
    )
    late = list(connection.execute(query.order_by(handoff.c.id)).scalars())
    return sum(raise_urgency(connection, handoff_id, Urgency.OVERDUE, now) for handoff_id in late)


def leave_contact(connection: Connection, handoff_id: int, sealed: str, now: float) -> bool:
    """Keep, encrypted, how to call the citizen back; only with their consent, which the caller asks for.
    False when a person has it by now, or it ended.
    """
    waits = [State.WAITING.value, State.LEFT.value]
    left = update(handoff).where(handoff.c.id == handoff_id, handoff.c.state.in_(waits))
    values = {"state": State.LEFT.value, "contact_sealed": sealed, "changed_at": now}
    return _done(connection, left.values(values), handoff_id, Happening.CONTACT_LEFT, now)


def come_back(connection: Connection, handoff_id: int, now: float) -> bool:
    """The citizen who had left a contact is here again while staff are in: back into the queue. The contact
    stays for the case that they leave once more. False when the hand-off is not in the state left.
    """
    back = update(handoff).where(handoff.c.id == handoff_id, handoff.c.state == State.LEFT.value)
    values = {"state": State.WAITING.value, "changed_at": now}
    return _done(connection, back.values(values), handoff_id, Happening.RETURNED, now)


def _done(connection: Connection, change: Update, handoff_id: int, happening: Happening, now: float) -> bool:
    if not connection.execute(change).rowcount:
        return False
    note_event(connection, handoff_id, happening, now)
    return True


def _note_return(connection: Connection, opened: Handoff, now: float) -> None:
    """Note an earlier hand-off of the same citizen that ended a short while ago."""
    same = (handoff.c.conversation_id == opened.conversation_id) | (
        handoff.c.identity_id == opened.identity_id
    )
    query = select(handoff.c.id).where(
        same,
        handoff.c.state == State.ENDED.value,
        handoff.c.ended_at > now - REOPENED_SECONDS,
        # Follows from the line above; it is the one with an index.
        handoff.c.changed_at > now - REOPENED_SECONDS,
    )
    earlier = connection.execute(query.order_by(handoff.c.ended_at.desc()).limit(1)).scalar_one_or_none()
    if earlier is not None:
        note_event(connection, opened.id, Happening.REOPENED, now, comment=f"#{earlier}")


def _present(connection: Connection, handoff_id: int) -> Handoff:
    return handoff_of(connection.execute(select(handoff).where(handoff.c.id == handoff_id)).one())
