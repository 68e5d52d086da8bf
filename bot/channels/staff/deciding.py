"""Tells citizens what became of answers that waited for a person."""

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import BindParameter

from bot.answers.outcome import Outcome
from bot.channels.message import Reply
from bot.channels.saying import Adapters, say
from bot.channels.staff.proposing import load
from bot.channels.staff.reaching import where_to_speak
from bot.channels.staff.telling import Telling
from bot.channels.staff.voicing import TooLateError, byline
from bot.channels.words import Words
from bot.conversations.channel import Author
from bot.conversations.people import Person
from bot.handoffs import approvals, desk
from bot.handoffs.approvals import Proposal, Standing
from bot.handoffs.states import Cause, State
from bot.handoffs.tables import answer_proposal

_AT_ONCE = 20


class Deciding:
    """Says approved and edited answers; refused ones and those nobody looked at in time become hand-offs."""

    def __init__(self, adapters: Adapters, words: Words, telling: Telling) -> None:
        self._adapters, self._words, self._telling = adapters, words, telling

    def expire(self, connection: Connection, now: float) -> int:
        """Give up waiting for what nobody looked at in time; how many."""
        late = approvals.overdue(connection, now, _AT_ONCE)
        return sum(approvals.expire(connection, one.id, now) for one in late)

    def tell_next(self, connection: Connection, now: float) -> str | None:
        """Say the next one; its conversation, None when there is none. Raises ``TooLateError``."""
        waiting = approvals.to_say(connection, _AT_ONCE)
        if not waiting:
            return None
        one = waiting[0]
        person = where_to_speak(connection, one.conversation_id, self._adapters, now)
        if isinstance(person, Person):
            self._tell(connection, one, person, now)
        if not approvals.stamp_proposal(connection, one.id, now):
            raise TooLateError
        return one.conversation_id

    def _tell(self, connection: Connection, one: Proposal, person: Person, now: float) -> None:
        standing = desk.current(connection, one.conversation_id)
        is_held = standing is not None and standing.state is State.HELD
        if one.standing is Standing.EDITED:
            reply = Reply(one.edited_text or "", outcome=Outcome.ANSWERED.value)
            signed = byline(connection, self._words, one.decided_by)
            say(connection, self._adapters, person, (reply,), now, None, Author.STAFF, signed)
        elif is_held:
            # A person is there and has seen what the assistant would have said.
            return
        elif one.standing is Standing.APPROVED:
            say(connection, self._adapters, person, [load(kept) for kept in one.replies], now)
        else:
            opened = desk.open_handoff(
                connection, one.conversation_id, person.id, person.channel, Cause.APPROVAL, now
            )
            say(connection, self._adapters, person, (self._telling.waiting(connection, opened, now),), now)


def to_tell(now: float | BindParameter) -> Select:
    """Decisions that nobody was told, and answers nobody decided on in time."""
    unsaid = (answer_proposal.c.state != Standing.WAITING.value) & answer_proposal.c.said_at.is_(None)
    late = (answer_proposal.c.state == Standing.WAITING.value) & (answer_proposal.c.due_at <= now)
    return select(answer_proposal.c.id).where(unsaid | late)
