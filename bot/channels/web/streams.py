"""The open event streams of this process: counted, and woken when their session changes."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from bot.channels.bell import Ring
from bot.channels.web.errors import ApiError, Code

PER_SESSION = 6
"""Tabs of one browser."""
PER_ADDRESS = 100
ALTOGETHER = 2000
_RETRY_SECONDS = 10


class Streams:
    """Who listens now."""

    def __init__(
        self, per_session: int = PER_SESSION, per_address: int = PER_ADDRESS, altogether: int = ALTOGETHER
    ) -> None:
        self._per_session, self._per_address, self._altogether = per_session, per_address, altogether
        self._wakes: defaultdict[str, set[Ring]] = defaultdict(set)
        self._addresses: Counter[str] = Counter()

    def check(self, sid: str, address: str) -> None:
        """Raises ``ApiError`` when there is no room for one more."""
        full = (
            len(self._wakes.get(sid, ())) >= self._per_session
            or self._addresses[address] >= self._per_address
            or self._addresses.total() >= self._altogether
        )
        if full:
            raise ApiError(Code.TOO_MANY_STREAMS, _RETRY_SECONDS)

    @contextmanager
    def open(self, sid: str, address: str) -> Iterator[Ring]:
        """Count a stream as long as the context is open; it is rung by ``wake``."""
        wake = Ring()
        self._wakes[sid].add(wake)
        self._addresses[address] += 1
        try:
            yield wake
        finally:
            self._wakes[sid].discard(wake)
            if not self._wakes[sid]:
                del self._wakes[sid]
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]

    def wake(self, sid: str) -> None:
        """Let the streams of a session look again now."""
        for wake in self._wakes.get(sid, ()):
            wake.set()

    def __len__(self) -> int:
        """Streams open now."""
        return self._addresses.total()
