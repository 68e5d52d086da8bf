"""Keeps several services running as one: all of them or none."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from bot.serving.child import Child, Service, end_with
from bot.serving.health import answers

GRACE_SECONDS = 8.0
_POLL_SECONDS = 0.2
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServiceError(Exception):
    """A service died, did not answer in time or does not do its work; the message is for the operator."""


class Supervisor:
    """Starts services, waits for them, and ends all of them when asked to or when one dies.

    Nothing is started a second time: a process that dies is a fault to be seen, and whoever started the
    supervisor decides about another try.
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
    ) -> int:
        """Run until SIGINT, SIGTERM or SIGHUP (exit code 0) or a failure (1); leaves no process behind.

        ``check`` is asked once when every service answers and names a problem or returns None; then ``ready``
        is called. With ``foreground``, that command gets the terminal and its end is the end of everything.
        """
        with self._signals():
            try:
                for service in self._services:
                    self._children.append(Child(service))
                if self._wait_until_all_answer() and self._passes(check):
                    ready()
                    self._watch(foreground)
            except ServiceError as failure:
                self._say(str(failure))
                return 1
            finally:
                self._end_all()
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

    def _watch(self, foreground: Sequence[str] | None) -> None:
        terminal = subprocess.Popen(foreground, preexec_fn=end_with(os.getpid())) if foreground else None
        try:
            while not self._pause():
                if terminal is not None and terminal.poll() is not None:
                    return
        finally:
            if terminal is not None and terminal.poll() is None:
                terminal.kill()
                terminal.wait()

    def _pause(self) -> bool:
        """Wait a moment; whether the end was asked for. Raises ``ServiceError`` when a child died."""
        if self._ending.wait(_POLL_SECONDS):
            return True
        for child in self._children:
            code = child.exit_code()
            if code is not None:
                raise ServiceError(f"{child.service.name} ended with code {code}." + _log_end(child))
        return False

    def _end_all(self) -> None:
        for child in self._children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(child.exit_code() is None for child in self._children):
            time.sleep(0.05)
        for child in self._children:
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
