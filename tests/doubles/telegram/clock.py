"""The double's time: the real one, moved forward at will or standing still."""

import asyncio
import time
from contextlib import suppress


class Clock:
    """POSIX seconds. Sleepers wake when real time passes or when a test moves the clock."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._frozen: float | None = None
        self._watching: list[asyncio.Event] = []

    def begin(self, start: float | None, *, ticking: bool) -> None:
        """Set the time (None: the real one); without ``ticking`` only ``advance`` moves it from now on."""
        begin = time.time() if start is None else start
        self._offset = begin - time.time()
        self._frozen = None if ticking else begin

    def now(self) -> float:
        return self._frozen if self._frozen is not None else time.time() + self._offset

    def advance(self, seconds: float) -> None:
        if self._frozen is not None:
            self._frozen += seconds
        else:
            self._offset += seconds
        for event in self._watching:
            event.set()

    def watch(self, event: asyncio.Event) -> None:
        """Set ``event`` whenever the clock is moved by hand."""
        self._watching.append(event)

    async def wait(self, event: asyncio.Event, until: float | None) -> None:
        """Return when ``event`` is set or, on a running clock, at ``until``."""
        timeout = None if until is None or self._frozen is not None else max(0.0, until - self.now())
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(event.wait(), timeout)
