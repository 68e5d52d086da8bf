"""Telegram's pace: about one message a second to a chat and thirty a second to all."""

from collections.abc import Callable

PER_CHAT_SECONDS = 1.05
"""A little over a second, since two calls may take differently long on their way."""
PER_SECOND = 30
_MANY = 10_000


class Pace:
    """Says when a message may leave. ``now``: seconds of a clock that never goes back.

    It knows the messages of this process only; what is too fast between several, error 429 puts right.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._chats: dict[int, float] = {}
        self._overall = 0.0

    def take(self, chat: int) -> float:
        """0 when a message to ``chat`` may leave now, and then this moment is taken; else seconds until
        it is worth asking again.
        """
        now = self._now()
        free = max(self._chats.get(chat, now), self._overall)
        if free > now:
            return free - now
        self._overall = now + 1 / PER_SECOND
        self._chats[chat] = now + PER_CHAT_SECONDS
        if len(self._chats) > _MANY:
            self._chats = {name: until for name, until in self._chats.items() if until > now}
        return 0.0
