"""Keeps several services running as one: all of them or none."""

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from bot.serving.child import Child, Service, end_with
from bot.serving.health import answers

GRACE_SECONDS = 8.0
_POLL_SECONDS = 0.2
_CHANGES_EVERY_SECONDS = 1.0
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServiceError(Exception):
    """A service died, did not answer in time or does not do its work; the message is for the operator."""


@dataclass(frozen=True)
class Replacement:
    """A service to run in place of the one of the same name.

    ``settled`` is told None once it works, else, before the old one is started again, what was wrong.
    """

    service: Service
    settled: Callable[[str | None], None]


class Supervisor:
    """Starts services, waits for them, and ends all of them when asked to or when one dies.

    Nothing is started a second time by itself: a process that dies is a fault to be seen, and whoever started
    the supervisor decides about another try. Only a replacement that was asked for takes a service's place
    while the others go on.
    """

    def __init__(
        self, services: Sequence[Service], start_timeout: float, say: Callable[[str], None] = print
    ) -> None:
        self._services = services
        self._start_timeout = start_timeout
        self._say = say
        self._children: list[Child] = []
        self._ending = threading.Event()

    @property
    def pids(self) -> dict[str, int]:
        """Process ids of the started services by name."""
        return {child.service.name: child.pid for child in self._children}

    def run(
        self,
        check: Callable[[], str | None] = lambda: None,
        ready: Callable[[], None] = lambda: None,
        foreground: Sequence[str] | None = None,
        changes: Callable[[], Replacement | None] = lambda: None,
    ) -> int:
        """Run until SIGINT, SIGTERM or SIGHUP (exit code 0) or a failure (1); leaves no process behind.

        ``check`` is asked once when every service answers and names a problem or returns None; then ``ready``
        is called. With ``foreground``, that command gets the terminal and its end is the end of everything.
        ``changes`` is asked every second for a service to replace, which must pass ``check`` as well.
        """
        with self._signals():
            try:
                for service in self._services:
                    self._children.append(Child(service))
                if self._wait_until_all_answer() and self._passes(check):
                    ready()
                    self._watch(foreground, changes, check)
            except ServiceError as failure:
                self._say(str(failure))
                return 1
            finally:
                self._end(self._children)
        return 0

    def _wait_until_all_answer(self) -> bool:
        """False when the end was asked for meanwhile."""
        deadline = time.monotonic() + self._start_timeout
        for child in self._children:
            while not answers(child.service.health_url):
                if self._pause():
                    return False
                if time.monotonic() > deadline:
                    raise ServiceError(
                        f"{child.service.name} did not answer within {self._start_timeout:g} s."
                        + _log_end(child)
                    )
        return not self._ending.is_set()

    def _passes(self, check: Callable[[], str | None]) -> bool:
        """Ask in a thread: a check may hang, a signal must still be heard."""
        problems: list[str | None] = []
        thread = threading.Thread(target=lambda: problems.append(check()), daemon=True)
        thread.start()
        while thread.is_alive():
            if self._pause():
                return False
        if problems != [None]:
            raise ServiceError(
                (problems[0] if problems and problems[0] else "The check of the services failed.")
                + "".join(_log_end(child) for child in self._children)
            )
        return True

    def _watch(
        self,
        foreground: Sequence[str] | None,
        changes: Callable[[], Replacement | None],
        check: Callable[[], str | None],
    ) -> None:
        asked = time.monotonic()
        terminal = subprocess.Popen(foreground, preexec_fn=end_with(os.getpid())) if foreground else None
        try:
            while not self._pause():
                if terminal is not None and terminal.poll() is not None:
                    return
                if time.monotonic() - asked > _CHANGES_EVERY_SECONDS:
                    if wanted := changes():
                        self._replace(wanted, check)
                    asked = time.monotonic()
        finally:
            if terminal is not None and terminal.poll() is None:
                terminal.kill()
                terminal.wait()

    def _replace(self, wanted: Replacement, check: Callable[[], str | None]) -> None:
        """Raises ``ServiceError`` where neither the new service nor the old one can be brought to work."""
        place = [child.service.name for child in self._children].index(wanted.service.name)
        before = self._children[place].service
        problem = self._put(place, wanted.service, check)
        if self._ending.is_set():
            return
        wanted.settled(problem)
        if problem is None:
            return
        again = self._put(place, before, check)
        if again is not None and not self._ending.is_set():
            raise ServiceError(f"Nor could the old one be started again: {again}")

    def _put(self, place: int, service: Service, check: Callable[[], str | None]) -> str | None:
        """End what runs in a place and start ``service`` there; what is wrong with it, None when it works."""
        self._end([self._children[place]])
        child = self._children[place] = Child(service)
        found: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        asking: threading.Thread | None = None
        deadline = time.monotonic() + self._start_timeout
        while not self._pause(on_trial=child):
            code = child.exit_code()
            if code is not None:
                return f"{service.name} ended with code {code}." + _log_end(child)
            if not found.empty():
                problem = found.get()
                return None if problem is None else problem + _log_end(child)
            if time.monotonic() > deadline:
                return f"{service.name} was not ready within {self._start_timeout:g} s." + _log_end(child)
            if asking is None and answers(service.health_url):
                asking = threading.Thread(target=lambda: found.put(check()), daemon=True)
                asking.start()
        return "stopped"

    def _pause(self, on_trial: Child | None = None) -> bool:
        """Wait a moment; whether the end was asked for. Raises ``ServiceError`` when a child died."""
        if self._ending.wait(_POLL_SECONDS):
            return True
        for child in self._children:
            if child is on_trial:
                continue
            code = child.exit_code()
            if code is not None:
                raise ServiceError(f"{child.service.name} ended with code {code}." + _log_end(child))
        return False

    def _end(self, children: Sequence[Child]) -> None:
        for child in children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(child.exit_code() is None for child in children):
            time.sleep(0.05)
        for child in children:
            # Also where the child itself is gone: something it started may be left in its group.
            child.signal(signal.SIGKILL)
            child.wait()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def end(_number: int, _frame: FrameType | None) -> None:
            self._ending.set()

        before = {number: signal.signal(number, end) for number in _ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _log_end(child: Child) -> str:
    return f"\nLast lines of {child.service.log}:\n{child.last_lines()}"
