"""Says what staff wrote, and notes in the same transaction that it was said."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.channels.message import Reply
from bot.channels.metrics import FIRST_RESPONSE
from bot.channels.saying import Adapters, Byline, say
from bot.channels.staff.reaching import Unsaid, where_to_speak
from bot.channels.words import Words
from bot.conversations.channel import Author
from bot.handoffs import desk, talking
from bot.handoffs.record import Handoff
from bot.handoffs.states import Ending, State
from bot.staff.tables import staff_account

LAST_WORDS_SECONDS = 60.0
"""What was written just before a hand-off was given back or ended is still said."""
_AT_ONCE = 20


class TooLateError(Exception):
    """Another gateway has said it: nothing of this transaction may stay."""


class Voicing:
    """Carries the words of staff into conversations."""

    def __init__(self, adapters: Adapters, words: Words) -> None:
        self._adapters, self._words = adapters, words
        self.trying: int | None = None
        """The message that was being said when something went wrong."""

    def say_next(self, connection: Connection, now: float) -> str | None:
        """Say the next message or refuse it; its conversation, None when there is none. Raises
        ``TooLateError``.
        """
        self.trying = None
        waiting = talking.take(connection, _AT_ONCE)
        if not waiting:
            return None
        one = waiting[0]
        self.trying = one.id
        standing = desk.find(connection, one.handoff_id)
        why = None if standing and _may_speak(standing, now) else Unsaid.NOT_HELD
        person = why or where_to_speak(connection, one.conversation_id, self._adapters, now)
        if isinstance(person, Unsaid):
            talking.refuse(connection, one.id, person.value, now)
            return one.conversation_id
        signed = byline(connection, self._words, one.account_id)
        say(connection, self._adapters, person, (Reply(one.text),), now, None, Author.STAFF, signed)
        if not talking.stamp(connection, one.id, now):
            raise TooLateError
        _observe(standing, now)
        return one.conversation_id


def byline(connection: Connection, words: Words, account_id: int | None) -> Byline | None:
    """How the words of a member of staff are signed: with the name they are known by, never their login."""
    query = select(staff_account.c.name).where(staff_account.c.id == account_id)
    name = connection.execute(query).scalar_one_or_none()
    return Byline(name, f"{words.text('handoff_byline', officer=name)} ") if name else None


def _may_speak(standing: Handoff, now: float) -> bool:
    if standing.state is State.HELD:
        return True
    return standing.ending is not Ending.CITIZEN_LEFT and now - standing.changed_at <= LAST_WORDS_SECONDS


def _observe(standing: Handoff | None, now: float) -> None:
    if standing is not None and standing.answered_at is None:
        FIRST_RESPONSE.observe(now - standing.opened_at)
