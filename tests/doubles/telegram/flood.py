"""Flood control: how often the bot may send."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from tests.doubles.telegram.errors import too_many
from tests.doubles.telegram.options import Options


class Flood:
    """Remembers when messages were accepted; refused calls do not count."""

    def __init__(self, options: Options, now: Callable[[], float]) -> None:
        self._options = options
        self._now = now
        self._chat: dict[int, float] = {}
        self._overall: deque[float] = deque()
        self._group: dict[int, deque[float]] = defaultdict(deque)

    def admit(self, chat_id: int) -> None:
        """Count one message to the chat, or raise ``ApiError`` 429 with whole seconds to wait, at least 1."""
        now = self._now()
        wait = max(self._chat_wait(chat_id, now), self._overall_wait(now), self._group_wait(chat_id, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._chat[chat_id] = now
        self._overall.append(now)
        if chat_id < 0:
            self._group[chat_id].append(now)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        rate = self._options.flood_chat
        return self._chat.get(chat_id, -math.inf) + 1 / rate - now if rate else 0.0

    def _overall_wait(self, now: float) -> float:
        return _wait(self._overall, self._options.flood_overall, 1.0, now)

    def _group_wait(self, chat_id: int, now: float) -> float:
        return _wait(self._group[chat_id], self._options.flood_group, 60.0, now) if chat_id < 0 else 0.0


def _wait(times: "deque[float]", limit: int, window: float, now: float) -> float:
    while times and times[0] + window <= now:
        times.popleft()
    return times[-limit] + window - now if limit and len(times) >= limit else 0.0
