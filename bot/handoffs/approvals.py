"""Answers that wait until a person approves, edits or refuses them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.handoffs.holding import hold_free
from bot.handoffs.plain import plain_text
from bot.handoffs.tables import answer_proposal
from bot.handoffs.topics import Topic, wants_approval
from bot.text.masking import mask

__all__ = [
    "Decision",
    "Proposal",
    "Standing",
    "decide",
    "expire",
    "find_proposal",
    "overdue",
    "proposals",
    "propose",
    "stamp_proposal",
    "to_say",
    "wants_approval",
]

Replies = Sequence[Mapping[str, Any]]


class Decision(str, Enum):
    """What a person may do with a proposal."""

    APPROVE = "approve"
    EDIT = "edit"
    REFUSE = "refuse"


class Standing(str, Enum):
    """Life of a proposal."""

    WAITING = "waiting"
    APPROVED = "approved"
    EDITED = "edited"
    REFUSED = "refused"
    EXPIRED = "expired"
    """Nobody decided in time."""


_STANDING = {
    Decision.APPROVE: Standing.APPROVED,
    Decision.EDIT: Standing.EDITED,
    Decision.REFUSE: Standing.REFUSED,
}


@dataclass(frozen=True)
class Proposal:
    """``topic``: name of the topic it falls under; ``replies``: what the assistant would have said, in the
    form the gateway gave; ``edited_text``: what is said instead, masked once it was said.
    """

    id: int
    conversation_id: str
    identity_id: int
    inbox_id: int | None
    topic: str
    replies: tuple[Mapping[str, Any], ...]
    standing: Standing
    edited_text: str | None
    decided_by: int | None
    created_at: float
    due_at: float
    decided_at: float | None
    said_at: float | None


def propose(
    connection: Connection,
    conversation_id: str,
    identity_id: int,
    topic: Topic,
    replies: Replies,
    now: float,
    due_at: float,
    inbox_id: int | None = None,
) -> int:
    """Keep an answer for a decision until ``due_at``; its id."""
    values = {
        "conversation_id": conversation_id,
        "identity_id": identity_id,
        "inbox_id": inbox_id,
        "topic": topic.name,
        "replies": [dict(reply) for reply in replies],
        "state": Standing.WAITING.value,
        "created_at": now,
        "due_at": due_at,
    }
    made = connection.execute(insert(answer_proposal).values(values))
    return int(made.inserted_primary_key[0])


def decide(
    connection: Connection,
    proposal_id: int,
    account_id: int,
    decision: Decision,
    now: float,
    edited_text: str = "",
) -> bool:
    """Approve, edit or refuse; once only. False when it was decided, expired or erased before.

    Raises ``ValueError`` as ``plain_text`` for an edited text that may not be sent.
    """
    values = {
        "state": _STANDING[decision].value,
        "edited_text": plain_text(edited_text) if decision is Decision.EDIT else None,
        "decided_by": account_id,
        "decided_at": now,
    }
    return _leave_waiting(connection, proposal_id, values)


def expire(connection: Connection, proposal_id: int, now: float) -> bool:
    """Give up waiting for a decision; the gateway then tells the citizen. False when somebody decided."""
    return _leave_waiting(connection, proposal_id, {"state": Standing.EXPIRED.value, "decided_at": now})


def find_proposal(connection: Connection, proposal_id: int) -> Proposal | None:
    """The proposal with this id; None when there is none, or it was erased."""
    row = connection.execute(select(answer_proposal).where(answer_proposal.c.id == proposal_id)).one_or_none()
    return _proposal(row) if row else None


def proposals(connection: Connection, limit: int = 50, offset: int = 0) -> list[Proposal]:
    """What waits for a decision, what is due first first."""
    query = select(answer_proposal).where(answer_proposal.c.state == Standing.WAITING.value)
    ordered = query.order_by(answer_proposal.c.due_at, answer_proposal.c.id)
    return [_proposal(row) for row in connection.execute(ordered.limit(limit).offset(offset))]


def overdue(connection: Connection, now: float, limit: int = 50) -> list[Proposal]:
    """What should have been decided by now."""
    query = select(answer_proposal).where(
        answer_proposal.c.state == Standing.WAITING.value, answer_proposal.c.due_at <= now
    )
    ordered = query.order_by(answer_proposal.c.due_at, answer_proposal.c.id)
    return [_proposal(row) for row in connection.execute(ordered.limit(limit))]


def to_say(connection: Connection, limit: int = 50) -> list[Proposal]:
    """What was decided or expired and the citizen was not told yet, in the order of the questions; the
    conversations are held until the transaction ends.
    """
    settled = [standing.value for standing in Standing if standing is not Standing.WAITING]
    unsaid = answer_proposal.c.state.in_(settled) & answer_proposal.c.said_at.is_(None)
    oldest = select(answer_proposal.c.conversation_id).where(unsaid).order_by(answer_proposal.c.id)
    ours = hold_free(connection, set(connection.execute(oldest.limit(limit)).scalars()))
    query = select(answer_proposal).where(unsaid, answer_proposal.c.conversation_id.in_(ours))
    ordered = query.order_by(answer_proposal.c.id).limit(limit)
    return [_proposal(row) for row in connection.execute(ordered)]


def stamp_proposal(connection: Connection, proposal_id: int, now: float) -> bool:
    """Note that the citizen was told; the edited text is kept masked. False when somebody else was first:
    then it must not be said again, and what was written to say it is rolled back.
    """
    found = find_proposal(connection, proposal_id)
    if found is None or found.standing is Standing.WAITING:
        return False
    text = mask(found.edited_text) if found.edited_text else None
    here = (answer_proposal.c.id == proposal_id) & answer_proposal.c.said_at.is_(None)
    said = update(answer_proposal).where(here).values(said_at=now, edited_text=text)
    return bool(connection.execute(said).rowcount)


def _leave_waiting(connection: Connection, proposal_id: int, values: Mapping[str, Any]) -> bool:
    here = (answer_proposal.c.id == proposal_id) & (answer_proposal.c.state == Standing.WAITING.value)
    return bool(connection.execute(update(answer_proposal).where(here).values(values)).rowcount)


def _proposal(row: Any) -> Proposal:
    return Proposal(
        id=row.id,
        conversation_id=row.conversation_id,
        identity_id=row.identity_id,
        inbox_id=row.inbox_id,
        topic=row.topic,
        replies=tuple(row.replies),
        standing=Standing(row.state),
        edited_text=row.edited_text,
        decided_by=row.decided_by,
        created_at=row.created_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        said_at=row.said_at,
    )
