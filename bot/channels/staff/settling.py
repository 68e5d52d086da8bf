"""What becomes of an answer where a person comes in; decided in the transaction that ends the message."""

from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels.inbox import Waiting
from bot.channels.message import Kind, Reply
from bot.channels.recording import facts_of
from bot.channels.response import Response
from bot.channels.staff.proposing import Proposing
from bot.channels.staff.telling import Telling
from bot.channels.staff.wanting import LOOKED_BACK, Want, wanted
from bot.clause import clause
from bot.conversations.erasing import hold
from bot.conversations.log import number_of
from bot.conversations.people import Person
from bot.conversations.turns import Facts, last_outcomes
from bot.handoffs import desk
from bot.handoffs.record import Handoff, handoff_of
from bot.handoffs.states import Cause, State
from bot.handoffs.tables import handoff
from bot.staff import presence

_NOTHING = Response()
_STANDING = clause(
    select(handoff)
    .where(handoff.c.conversation_id == bindparam("b_conversation"), handoff.c.state != State.ENDED.value)
    .with_for_update()
)


class Settling:
    """Opens hand-offs and holds back what a person looks at first."""

    def __init__(self, telling: Telling, proposing: Proposing) -> None:
        self._telling, self._proposing = telling, proposing

    def settle(
        self, connection: Connection, message: Waiting, person: Person, response: Response, now: float
    ) -> Response:
        """The response as it is to be said. What the gateway says by itself is left as it is."""
        if not any(reply.facts for reply in response.replies):
            return response
        facts = facts_of(response.replies)
        standing = _hold(connection, person.conversation_id)
        if standing is not None and standing.state is State.HELD:
            # Claimed while the answer was made.
            return silent(facts, response)
        proposed = self._proposing.propose(connection, message, person, response, facts, now)
        if proposed is not None:
            return proposed
        text = message.incoming.text if message.incoming.kind is Kind.TEXT else ""
        in_vain = facts.outcome == Outcome.NO_DATA.value
        before = last_outcomes(connection, person.conversation_id, LOOKED_BACK) if in_vain else ()
        want = wanted(facts, text, before)
        if want is None:
            return response
        opened = self._open(connection, message, person, facts, want, standing, now)
        if standing is not None and want.cause is not Cause.ASKED and opened.urgency is standing.urgency:
            # Somebody in the queue who writes on knows already that they are in it.
            return response
        return replace(response, replies=(*response.replies, self._tell(connection, opened, now)))

    def _open(
        self,
        connection: Connection,
        message: Waiting,
        person: Person,
        facts: Facts,
        want: Want,
        standing: Handoff | None,
        now: float,
    ) -> Handoff:
        opened = desk.open_handoff(
            connection,
            person.conversation_id,
            person.id,
            person.channel,
            want.cause,
            now,
            want.urgency,
            facts.intent,
            facts.procedure_code or "",
            number_of(connection, person.conversation_id, message.incoming.message_id),
        )
        is_back = standing is not None and standing.state is State.LEFT and want.cause is Cause.ASKED
        if is_back and presence.here(connection, now) and desk.come_back(connection, opened.id, now):
            return desk.find(connection, opened.id) or opened
        return opened

    def _tell(self, connection: Connection, opened: Handoff, now: float) -> Reply:
        return self._telling.waiting(connection, opened, now)


def _hold(connection: Connection, conversation_id: str) -> Handoff | None:
    """The hand-off of a conversation. Nobody claims it before this answer is said, or after: in between there
    is nothing. The conversation first, as staff who write in it do.
    """
    hold(connection, conversation_id)
    row = _STANDING.row(connection, b_conversation=conversation_id)
    return handoff_of(row) if row else None


def silent(facts: Facts, response: Response = _NOTHING) -> Response:
    """Nothing is said: a person has the conversation. What was fetched stays."""
    handed = replace(facts, outcome=Outcome.HANDED_OFF.value)
    return replace(response, replies=(), facts=handed, greets=False)
