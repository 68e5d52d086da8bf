"""How fast Zalo may be called: 4,000 requests a minute for the whole application."""

from collections.abc import Callable

from pyrate_limiter import Duration, Rate, RateItem
from pyrate_limiter.buckets.in_memory_bucket import InMemoryBucket

CALLS_PER_SECOND = 30
_MINUTE = 60.0
_STEP_BACK = 1.0
"""Seconds by which a clock goes back only when somebody sets it."""


class Pace:
    """``now``: POSIX seconds. Ask ``wait`` before each call; tell ``heed`` what the answer's headers said."""

    def __init__(self, now: Callable[[], float], per_second: int = CALLS_PER_SECOND) -> None:
        self._now = now
        self._bucket = InMemoryBucket([Rate(per_second, Duration.SECOND)])
        self._held_until = self._latest = 0.0

    def wait(self) -> float:
        """0 when a call may be made now (it then counts), else seconds until it is worth asking again."""
        now = self._now()
        if now < self._latest - _STEP_BACK:
            # What was counted lies in the future now and would hold every call until it is past.
            self._bucket.flush()
            self._held_until = 0.0
        self._latest = now
        if now < self._held_until:
            return self._held_until - now
        item = RateItem("call", int(now * 1000))
        self._bucket.leak(item.timestamp)
        return 0.0 if self._bucket.put(item) else 1 / CALLS_PER_SECOND

    def heed(self, remain: int | None) -> None:
        """No calls left: hold everything until the next minute begins."""
        if remain is not None and remain <= 0:
            now = self._now()
            self._held_until = now - now % _MINUTE + _MINUTE
