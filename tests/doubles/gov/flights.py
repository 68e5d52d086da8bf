"""Calls as they were seen at the door: how many at once, and with what."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Condition
from typing import Any


@dataclass
class Call:
    """``service``: see ``routing.service_of``; ``body``: JSON or form fields; ``headers``: lower-case names.

    ``status`` 0: no answer was sent, or not yet. ``fault``: the trouble it met.
    """

    service: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    status: int = 0
    fault: str = ""


@dataclass
class Flights:
    calls: list[Call] = field(default_factory=list)
    peaks: Counter[str] = field(default_factory=Counter)
    """The most calls of a service that were under way at once."""
    _now: Counter[str] = field(default_factory=Counter)
    _changed: Condition = field(default_factory=Condition)

    def start(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._now[call.service] += 1
            self.peaks[call.service] = max(self.peaks[call.service], self._now[call.service])
            self._changed.notify_all()

    def end(self, call: Call) -> None:
        with self._changed:
            self._now[call.service] -= 1
            self._changed.notify_all()

    def of(self, service: str = "") -> list[Call]:
        """Oldest first; "": all."""
        with self._changed:
            return [call for call in self.calls if service in ("", call.service)]

    def wait_for(self, service: str, count: int, timeout: float) -> None:
        """Until so many calls arrived since the start; ``AssertionError`` if they do not in time."""
        with self._changed:
            arrived = self._changed.wait_for(
                lambda: sum(call.service == service for call in self.calls) >= count, timeout
            )
        assert arrived, f"{count} calls of {service} did not arrive within {timeout} s"
