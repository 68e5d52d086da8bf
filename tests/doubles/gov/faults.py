"""Troubles a test orders for the next calls."""

import asyncio
from collections.abc import Awaitable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event, RLock
from typing import Any, Literal

Kind = Literal[
    "latency",
    "error",
    "html",
    "maintenance",
    "truncated",
    "broken",
    "redirect",
    "type",
    "timeout",
    "reset",
    "hold",
]


@dataclass
class Fault:
    """``latency``: answered after ``seconds``. ``error``: ``status`` and no JSON. ``html``: an error page
    with 200. ``maintenance``: a page with 503. ``truncated``: JSON cut in the middle, otherwise sound.
    ``broken``: the connection ends in the middle of the body. ``redirect``: to a login page. ``type``: the
    right body as ``text/plain``. ``timeout``: no answer until ``release``, then the connection ends.
    ``reset``: the connection breaks at once. ``hold``: a gate, the call goes on after ``release``.

    ``accepted``: the call has taken full effect before the trouble starts (``truncated``, ``broken`` and
    ``type`` always have it). Strikes calls of ``service`` ("": all), after ``skip``, ``times`` times
    (None: always).
    """

    kind: Kind
    service: str = ""
    times: int | None = 1
    skip: int = 0
    accepted: bool = False
    status: int = 500
    seconds: float = 0.0
    seen: int = 0
    struck: int = 0
    _reached: Event = field(default_factory=Event)
    _released: "Future[None]" = field(default_factory=Future)

    def wait_reached(self, timeout: float = 10.0) -> None:
        """Until a call is struck and has its effect, if any; ``AssertionError`` if none is in time."""
        assert self._reached.wait(timeout), f"no call of {self.service or 'anything'} within {timeout} s"

    def reach(self) -> None:
        self._reached.set()

    def release(self) -> None:
        """Let the calls go that wait, and those that come later."""
        if not self._released.done():
            self._released.set_result(None)

    async def released(self, gone: Awaitable[Any] | None = None) -> bool:
        """Waits for ``release``, for the caller to hang up, or until ``seconds`` (if not 0) have passed.

        Whether the call may go on.
        """
        let_go = asyncio.shield(asyncio.wrap_future(self._released))
        waiting: set[asyncio.Future[Any]] = {let_go}
        if gone is not None:
            waiting.add(asyncio.ensure_future(gone))
        done, late = await asyncio.wait(
            waiting, timeout=self.seconds or None, return_when=asyncio.FIRST_COMPLETED
        )
        for each in late:
            each.cancel()
        return not done or let_go in done

    def __enter__(self) -> "Fault":
        return self

    def __exit__(self, *_: object) -> None:
        """The trouble is over at the end of the block."""
        self.release()
        self.times = self.struck


class Faults:
    """Of several that fit, the one ordered first strikes."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []
        self._lock = RLock()

    def order(self, fault: Fault) -> Fault:
        with self._lock:
            self.ordered.append(fault)
        return fault

    def clear(self) -> None:
        """No more trouble; whoever waits goes on."""
        with self._lock:
            for fault in self.ordered:
                fault.release()
            self.ordered.clear()

    def strike(self, service: str) -> Fault | None:
        """The trouble of this call, if any."""
        with self._lock:
            for fault in self.ordered:
                if fault.service not in ("", service):
                    continue
                if fault.times is not None and fault.struck >= fault.times:
                    continue
                fault.seen += 1
                if fault.seen > fault.skip:
                    fault.struck += 1
                    return fault
            return None
