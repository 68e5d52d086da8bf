"""Tells emergency banners once in each conversation where they cannot stay on the screen."""

from collections.abc import Callable

from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels.message import Reply
from bot.channels.words import Words
from bot.control.banners import tell_once
from bot.conversations.channel import Channel
from bot.conversations.people import Person

Pending = Callable[[Connection, Person, float], tuple[Reply, ...]]


class Announcing:
    """Goes before ``others``: what else somebody has to be told who has just written."""

    def __init__(self, words: Words, others: Pending) -> None:
        self._words, self._others = words, others

    def pending_for(self, connection: Connection, person: Person, now: float) -> tuple[Reply, ...]:
        """Banners first; the website shows them by itself."""
        return (*self._banners(connection, person, now), *self._others(connection, person, now))

    def _banners(self, connection: Connection, person: Person, now: float) -> tuple[Reply, ...]:
        if person.channel is Channel.WEB:
            return ()
        untold = tell_once(connection, person.conversation_id, person.channel, now)
        return tuple(self._words.reply("banner", Outcome.GUIDED, text=banner.text) for banner in untold)
