"""Tells citizens what we write on our own account: each thing once, where they agreed to it.

What stands in a message on a platform names nobody, gives no reasons and no more of a code than its end.
"""

from collections.abc import Sequence
from datetime import time

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.answers.phrase import Button, act, phrase
from bot.answers.wording import Wording
from bot.channels import outbox
from bot.channels.bell import tell_others
from bot.channels.message import Choice, Reply
from bot.channels.saying import Adapters, say
from bot.channels.zalo import windows
from bot.channels.zalo.address import is_anonymous
from bot.channels.zalo.render import template
from bot.conversations import people
from bot.conversations.channel import Author, Channel, Reach
from bot.conversations.log import Entry, append
from bot.conversations.people import Person
from bot.conversations.said import Said
from bot.conversations.tables import identity
from bot.notices import consent, queue
from bot.notices.deciding import Hold, Later, Line, Skip, Way, decide, is_stale
from bot.notices.holding import hold
from bot.notices.purpose import Versions
from bot.notices.queue import Due
from bot.notices.quiet import QuietHours
from bot.notices.states import State, Told
from bot.notices.subject import tail
from bot.notices.telling import notice, way_to

AT_A_VISIT = 3
"""Things told at once to somebody who comes back; the rest follows with their next message."""
_MIDNIGHT = time()
_WINDOWS = {windows.Way.FREE: Way.OPEN, windows.Way.TEMPLATE: Way.TEMPLATE}


class Notifier:
    """``versions``: of the texts citizens agreed to; ``template_id``: of the approved message of Zalo, "" for
    none. Its fields are ``noi_dung``, what the notice is about, and ``ma_cuoi``, the end of the code or "-".
    """

    def __init__(
        self, adapters: Adapters, wording: Wording, versions: Versions, hours: QuietHours, template_id: str
    ) -> None:
        self._adapters, self._wording, self._versions = adapters, wording, versions
        self._hours, self._template_id = hours, template_id

    def due(self, connection: Connection, now: float, limit: int = 50) -> list[str]:
        """Conversations in which something is due."""
        return queue.conversations(connection, now, limit)

    def tell(self, connection: Connection, conversation_id: str, now: float) -> bool:
        """Settle all that is due in a conversation; whether something was said."""
        if not hold(connection, conversation_id):
            queue.drop(connection, conversation_id)
            return False
        waiting = queue.due(connection, conversation_id, now)
        outdated = queue.outdated(waiting)
        said = [self._settle(connection, one, now, one.id in outdated) for one in waiting]
        return any(said)

    def pending_for(self, connection: Connection, person: Person, now: float) -> tuple[Reply, ...]:
        """What could not be sent, for somebody who has just written; marked as told in this transaction."""
        held = queue.held(connection, person.conversation_id)
        outdated = queue.outdated(held)
        told: list[Reply] = []
        for one in held:
            if one.id in outdated or is_stale(one.kind, one.due_at, now, self._hours):
                queue.end(connection, one, State.SKIPPED, now)
            elif len(told) < AT_A_VISIT and queue.take(connection, one, Told.VISIT, person.id, now):
                told.append(self._reply(one, person.channel, proactive=False))
        return tuple(told)

    def _settle(self, connection: Connection, one: Due, now: float, outdated: bool) -> bool:
        persons = self._persons(connection, one.conversation_id)
        lines = [Line(p.id, p.channel, self._way(p, now), p.heard_at) for p in persons]
        consents = consent.standing(connection, one.conversation_id, self._versions)
        today = self._hours.moment(self._hours.day(now), _MIDNIGHT)
        told_today = queue.told_since(connection, one.conversation_id, today)
        decision = decide(one.kind, one.due_at, consents, lines, told_today, now, self._hours)
        if outdated or isinstance(decision, Skip):
            queue.end(connection, one, State.SKIPPED, now)
        elif isinstance(decision, Hold):
            queue.end(connection, one, State.HELD, now)
        elif isinstance(decision, Later):
            queue.postpone(connection, one, decision.at)
        elif queue.take(connection, one, decision.told, decision.line.identity_id, now):
            person = next(p for p in persons if p.id == decision.line.identity_id)
            self._say(connection, person, one, decision.line.way, decision.told, now)
            return True
        return False

    def _say(
        self, connection: Connection, person: Person, one: Due, way: Way, told: Told, now: float
    ) -> None:
        reply = self._reply(one, person.channel, told is Told.NOTICE)
        if way is Way.OPEN:
            say(connection, self._adapters, person, (reply,), now)
            return
        said = Said(text=reply.text, outcome=reply.outcome)
        append(connection, person.conversation_id, Entry(0, Author.ASSISTANT, person.channel, said, now))
        about = self._wording.say(phrase(f"utter_notice_template_{one.kind.value}"))
        fields = {"noi_dung": about, "ma_cuoi": tail(one.kind, one.subject) or "-"}
        outbox.enqueue(connection, person, [template(person.external_id, self._template_id, fields)], now)
        tell_others(connection, person.conversation_id)

    def _reply(self, one: Due, channel: Channel, proactive: bool) -> Reply:
        """The text with a button to its subject; under what we write first also one that ends it."""
        text = self._wording.say(notice(one.kind, one.subject, one.mark), channel.value)
        buttons = [*way_to(one.kind, one.subject)]
        if proactive:
            buttons.append(act(phrase("utter_notice_button_off"), "notice:off"))
        return Reply(text, tuple(self._choice(b, channel) for b in buttons), None, Outcome.GUIDED.value)

    def _choice(self, button: Button, channel: Channel) -> Choice:
        return Choice(self._wording.value(button.title, channel.value), button.payload)

    def _way(self, person: Person, now: float) -> Way:
        if person.channel is Channel.WEB:
            return Way.OPEN
        if person.channel not in self._adapters or person.reach is Reach.BLOCKED:
            return Way.CLOSED
        if person.channel is not Channel.ZALO:
            return Way.OPEN if person.reach is Reach.REACHABLE else Way.CLOSED
        anonymous = is_anonymous(person.external_id)
        # Zalo has just said that its window is closed, whatever our clock says.
        heard_at = person.heard_at if person.reach is Reach.REACHABLE else float("-inf")
        way = _WINDOWS.get(windows.way(windows.Purpose.NOTICE, heard_at, now, anonymous), Way.CLOSED)
        return Way.CLOSED if way is Way.TEMPLATE and not self._template_id else way

    @staticmethod
    def _persons(connection: Connection, conversation_id: str) -> Sequence[Person]:
        query = select(identity.c.id).where(identity.c.conversation_id == conversation_id)
        ids = connection.execute(query.order_by(identity.c.id)).scalars().all()
        return [people.person(connection, id) for id in ids]
