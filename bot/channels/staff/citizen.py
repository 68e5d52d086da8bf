"""What a citizen may order about the person they wait for or talk to."""

from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels.message import Reply
from bot.channels.response import Response
from bot.channels.staff.contacts import await_no_more
from bot.channels.staff.telling import ALONE, BACK
from bot.channels.words import Words
from bot.conversations.people import Person
from bot.handoffs import desk
from bot.handoffs.states import Ending

Told = tuple[Person, tuple[Reply, ...]]


class CitizenOrders:
    """The way back to the assistant, and no to leaving a contact."""

    def __init__(self, words: Words, now: Callable[[], float]) -> None:
        self._words, self._now = words, now

    def confirmed(self, payload: str) -> Response | None:
        """What our own buttons get; None for any other."""
        deeds = {BACK: self.back, ALONE: self.decline}
        return deeds[payload]() if payload in deeds else None

    def back(self) -> Response:
        """End the hand-off, whether somebody has it or not."""
        return Response(effect=partial(_back, self._words, self._now))

    def decline(self) -> Response:
        """No contact is left; the place in the queue stays."""
        return Response(effect=partial(_decline, self._words))

    def contact_left(self) -> Response:
        """A contact was taken out of the message and sealed."""
        return Response(replies=(self._words.reply("handoff_contact_kept", Outcome.HANDED_OFF),))


def _back(words: Words, now: Callable[[], float], connection: Connection, person: Person) -> Told:
    await_no_more(connection, person.conversation_id)
    standing = desk.current(connection, person.conversation_id)
    ended = standing is not None and desk.end(connection, standing.id, None, Ending.CITIZEN_LEFT, "", now())
    return person, (words.reply("handoff_back" if ended else "handoff_none", Outcome.GUIDED),)


def _decline(words: Words, connection: Connection, person: Person) -> Told:
    await_no_more(connection, person.conversation_id)
    return person, (words.reply("handoff_contact_declined", Outcome.GUIDED),)
