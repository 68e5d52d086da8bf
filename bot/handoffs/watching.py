"""What changed in the queues since somebody looked: cheap enough to be asked every second."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversation, identity
from bot.handoffs import queues
from bot.handoffs.approvals import Standing
from bot.handoffs.queues import Counts
from bot.handoffs.states import OPEN, State
from bot.handoffs.tables import answer_proposal, handoff, staff_message

_IS_OPEN = handoff.c.state.in_(sorted(state.value for state in OPEN))
_UNSAID = staff_message.c.said_at.is_(None) & staff_message.c.refused.is_(None)


@dataclass(frozen=True)
class Look:
    """``changed``: the last deed to any hand-off; ``spoken``: the last message in an open one; ``arrived``:
    when the newest of those waiting came; ``heard``: the last word of a citizen the account has. Times are
    POSIX seconds, 0 where there is nothing. ``proposals``: answers that wait for a decision.
    """

    counts: Counts
    changed: float
    spoken: float
    arrived: float
    heard: float
    proposals: int

    @property
    def mark(self) -> str:
        """Another text after every change."""
        counts = self.counts
        numbers = (counts.waiting, counts.mine, counts.held_by_others, counts.left, self.proposals)
        return "-".join(map(str, (*numbers, self.changed, self.spoken)))


def look(connection: Connection, account_id: int) -> Look:
    """The queues as they are for one account."""
    waiting = (handoff.c.state == State.WAITING.value) & handoff.c.holder_id.is_(None)
    held = (handoff.c.state == State.HELD.value) & (handoff.c.holder_id == account_id)
    spoken = select(func.max(conversation.c.active_at)).join(handoff).where(_IS_OPEN)
    heard = select(func.max(identity.c.heard_at)).select_from(
        identity.join(handoff, handoff.c.identity_id == identity.c.id)
    )
    numbers = (
        spoken,
        select(func.max(handoff.c.opened_at)).where(waiting),
        heard.where(held),
        select(func.count())
        .select_from(answer_proposal)
        .where(answer_proposal.c.state == Standing.WAITING.value),
    )
    found = connection.execute(select(*(number.scalar_subquery() for number in numbers))).one()
    return Look(
        counts=queues.counts(connection, account_id),
        changed=queues.changed_since(connection, 0.0),
        spoken=found[0] or 0.0,
        arrived=found[1] or 0.0,
        heard=found[2] or 0.0,
        proposals=found[3],
    )


def mark_of(connection: Connection, handoff_id: int) -> str | None:
    """Another text after every change to one hand-off or in its conversation; None when it is gone."""
    unsaid = (
        select(func.count())
        .select_from(staff_message)
        .where(staff_message.c.handoff_id == handoff_id, _UNSAID)
        .scalar_subquery()
    )
    query = (
        select(handoff.c.changed_at, conversation.c.last_seq, unsaid)
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .where(handoff.c.id == handoff_id)
    )
    row = connection.execute(query).one_or_none()
    return "-".join(map(str, row)) if row else None
