"""What staff say to citizens, from the console to the gateway, which says it and stamps it."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversation
from bot.database import insert_once
from bot.handoffs.history import note_event
from bot.handoffs.holding import hold_free
from bot.handoffs.plain import plain_text
from bot.handoffs.states import Happening, State
from bot.handoffs.tables import handoff, staff_message
from bot.text.masking import mask

_UNSAID = staff_message.c.said_at.is_(None) & staff_message.c.refused.is_(None)


@dataclass(frozen=True)
class Spoken:
    """A message to be said. ``text``: plain, several lines, not masked before it was said."""

    id: int
    handoff_id: int
    conversation_id: str
    identity_id: int
    account_id: int | None
    text: str
    suggested: bool


def put(
    connection: Connection,
    handoff_id: int,
    account_id: int,
    client_id: str,
    text: str,
    now: float,
    suggested: bool = False,
) -> bool:
    """Queue a message. False when the account does not hold the hand-off, or ``client_id`` was there before.
    ``suggested``: it was proposed by the assistant.

    Raises ``ValueError`` for an empty or too long text, a gap left in a ready-made reply, a bad client id.
    """
    if not 0 < len(client_id) <= staff_message.c.client_id.type.length:
        raise ValueError("client id")
    plain = plain_text(text)
    query = select(handoff.c.conversation_id).where(handoff.c.id == handoff_id)
    conversation_id = connection.execute(query).scalar_one_or_none()
    if conversation_id is None:
        return False
    # The conversation first, as erasing does: held in another order they could wait for each other.
    connection.execute(
        select(conversation.c.id).where(conversation.c.id == conversation_id).with_for_update()
    )
    held = update(handoff).where(
        handoff.c.id == handoff_id,
        handoff.c.state == State.HELD.value,
        handoff.c.holder_id == account_id,
    )
    if not connection.execute(held.values(changed_at=now)).rowcount:
        return False
    values = {
        "handoff_id": handoff_id,
        "conversation_id": conversation_id,
        "account_id": account_id,
        "client_id": client_id,
        "text": plain,
        "suggested": suggested,
        "created_at": now,
    }
    if not insert_once(connection, staff_message, values):
        return False
    note_event(connection, handoff_id, Happening.REPLIED, now, account_id)
    return True


def take(connection: Connection, limit: int) -> list[Spoken]:
    """The oldest messages to be said, in order within each conversation, held until the transaction ends:
    another gateway gets those of other conversations.
    """
    waiting = select(staff_message.c.conversation_id).where(_UNSAID).order_by(staff_message.c.id).limit(limit)
    ours = hold_free(connection, set(connection.execute(waiting).scalars()))
    query = (
        select(staff_message, handoff.c.identity_id)
        .join(handoff, handoff.c.id == staff_message.c.handoff_id)
        .where(_UNSAID, staff_message.c.conversation_id.in_(ours))
        .order_by(staff_message.c.id)
        .limit(limit)
    )
    return [
        Spoken(
            row.id,
            row.handoff_id,
            row.conversation_id,
            row.identity_id,
            row.account_id,
            row.text,
            row.suggested,
        )
        for row in connection.execute(query)
    ]


def stamp(connection: Connection, message_id: int, now: float) -> bool:
    """Note that a message was said; from now on it is kept masked. False when somebody else was first: then
    it must not be said again, and what was written to say it is rolled back.
    """
    handoff_id = _settle(connection, message_id, {"said_at": now})
    if handoff_id is None:
        return False
    answered = update(handoff).where(handoff.c.id == handoff_id)
    values = {"answered_at": func.coalesce(handoff.c.answered_at, now), "changed_at": now}
    connection.execute(answered.values(values))
    return True


def refuse(connection: Connection, message_id: int, why: str, now: float | None = None) -> bool:
    """Note that a message cannot be said (``why``: a short code, at most 40 characters), and mask it. With
    ``now`` the queues are drawn anew. False when it was said or refused before.
    """
    handoff_id = _settle(connection, message_id, {"refused": why[:40]})
    if handoff_id is None:
        return False
    if now is not None:
        connection.execute(update(handoff).where(handoff.c.id == handoff_id).values(changed_at=now))
    return True


def _settle(connection: Connection, message_id: int, values: dict[str, object]) -> int | None:
    """Close a message that waits; the id of its hand-off, None when it does not wait."""
    here = (staff_message.c.id == message_id) & _UNSAID
    found = connection.execute(
        select(staff_message.c.handoff_id, staff_message.c.text).where(here)
    ).one_or_none()
    if found is None:
        return None
    closed = update(staff_message).where(here).values(values | {"text": mask(found.text)})
    return int(found.handoff_id) if connection.execute(closed).rowcount else None
