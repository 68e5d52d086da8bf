"""What a message of a citizen gets, before it is split for a channel."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from bot.channels.message import Reply
from bot.conversations.people import Person
from bot.conversations.said import FileRef
from bot.conversations.turns import Facts

Effect = Callable[[Connection, Person], tuple[Person, tuple[Reply, ...]]]
"""A change made in the same transaction as the answer: whom to speak to after it, and what to say of it."""


@dataclass(frozen=True)
class Response:
    """Replies in order; those of ``effect`` come first. ``files``: what was fetched for this message.
    ``greets``: the first reply told the citizen who we are. ``after`` is awaited once all is committed.
    ``facts``: of the turn, where they are not those of its replies.
    """

    replies: tuple[Reply, ...] = ()
    effect: Effect | None = None
    files: tuple[FileRef, ...] = ()
    greets: bool = False
    after: Callable[[], Awaitable[None]] | None = None
    facts: Facts | None = None

    @property
    def silent(self) -> bool:
        """Whether the assistant holds its tongue because a person has the conversation."""
        return self.facts is not None and not self.replies

    @property
    def outcome(self) -> str:
        """Outcome of the turn as far as it is known before ``effect``."""
        return self.facts.outcome if self.facts else outcome_of(self.replies)


def outcome_of(replies: Sequence[Reply]) -> str:
    """Outcome of a turn, as its last reply tells it; empty when nothing was said."""
    return next((reply.outcome for reply in reversed(replies) if reply.outcome), "")
