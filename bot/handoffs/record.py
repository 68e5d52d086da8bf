"""One hand-off and one deed in its history, as the rest of the program sees them. Pure."""

from dataclasses import dataclass
from typing import Any

from bot.conversations.channel import Channel
from bot.handoffs.states import OPEN, Cause, Ending, Happening, State, Urgency


@dataclass(frozen=True)
class Handoff:
    """A conversation that wants a person, or had one. Times are POSIX seconds in UTC.

    ``holder_id``: who has it, or had it when it ended; while waiting, whom it was forwarded to.
    ``claimed_at``: the first claim; later ones stand in the history. ``answered_at``: when the citizen got
    the first word of a person. ``contact_sealed``: None when no contact was ever left, "" once it was erased.
    """

    id: int
    conversation_id: str
    identity_id: int
    channel: Channel
    state: State
    cause: Cause
    urgency: Urgency
    intent: str
    procedure_code: str
    from_seq: int
    holder_id: int | None
    opened_at: float
    claimed_at: float | None
    answered_at: float | None
    ended_at: float | None
    ending: Ending | None
    comment: str | None
    contact_sealed: str | None
    changed_at: float

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN


@dataclass(frozen=True)
class Event:
    """One deed. ``account_id``: who did it, None for the citizen or the system."""

    happening: Happening
    account_id: int | None
    to_account_id: int | None
    comment: str | None
    at: float


def handoff_of(row: Any) -> Handoff:
    """The hand-off in a row of the table ``handoff``."""
    return Handoff(
        id=row.id,
        conversation_id=row.conversation_id,
        identity_id=row.identity_id,
        channel=Channel(row.channel),
        state=State(row.state),
        cause=Cause(row.cause),
        urgency=Urgency(row.urgency),
        intent=row.intent,
        procedure_code=row.procedure_code,
        from_seq=row.from_seq,
        holder_id=row.holder_id,
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
        comment=row.comment,
        contact_sealed=row.contact_sealed,
        changed_at=row.changed_at,
    )
