"""The platform's own time: real or frozen, and moved on by the test."""

import time


class Clock:
    """POSIX seconds. ``start``: shown at first (default: now). Not ``ticking``: only moves by ``advance``."""

    def __init__(self, start: float | None = None, ticking: bool = True) -> None:
        self._ticking = ticking
        self._origin = time.monotonic()
        self._base = time.time() if start is None else start

    def now(self) -> float:
        return self._base + (time.monotonic() - self._origin if self._ticking else 0.0)

    def advance(self, seconds: float) -> None:
        """Raises ``ValueError`` when asked to go back: tokens and windows would come alive again."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._base += seconds
