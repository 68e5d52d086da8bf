"""What a message of a citizen gets, before it is split for a channel."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from bot.channels.message import Reply
from bot.conversations.said import FileRef

Effect = Callable[[Connection], tuple[Reply, ...]]
"""A change made in the same transaction as the answer, and what to say about it."""


@dataclass(frozen=True)
class Response:
    """Replies in order; those of ``effect`` come first. ``files``: what was fetched for this message.
    ``greets``: the first reply told the citizen who we are.
    """

    replies: tuple[Reply, ...] = ()
    effect: Effect | None = None
    files: tuple[FileRef, ...] = ()
    greets: bool = False

    @property
    def outcome(self) -> str:
        """Outcome of the turn, as the last reply tells it."""
        return next((reply.outcome for reply in reversed(self.replies) if reply.outcome), "")
