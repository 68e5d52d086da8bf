"""A child process that never outlives its parent and writes into a log of its own."""

import ctypes
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Service:
    """What to start. ``health_url`` answers once it works; ``environment`` adds to ours."""

    name: str
    command: Sequence[str]
    health_url: str
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """A started service, in a session of its own so that its own children end with it."""

    def __init__(self, service: Service) -> None:
        self.service = service
        service.log.parent.mkdir(parents=True, exist_ok=True)
        if service.log.exists():
            service.log.replace(service.log.with_name(service.log.name + ".1"))
        with service.log.open("wb") as log:
            self._process = subprocess.Popen(
                service.command,
                env={**os.environ, **service.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with(os.getpid()),
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_code(self) -> int | None:
        """None while running; negative when ended by a signal."""
        return self._process.poll()

    def signal(self, number: signal.Signals) -> None:
        """Send ``number`` to the process and everything it started."""
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return

    def wait(self) -> int:
        """Exit code, once the process has ended."""
        return self._process.wait()

    def last_lines(self, count: int = 20) -> str:
        return last_lines(self.service.log, count)


def end_with(parent: int) -> Callable[[], None]:
    """For ``preexec_fn``: the kernel kills the new process when ``parent`` is gone (Linux only)."""

    def prepare() -> None:
        if sys.platform == "linux":
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            # The parent may have died between fork and prctl.
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def last_lines(path: Path, count: int) -> str:
    """The last ``count`` lines of a text file; empty when there is none."""
    if not path.exists():
        return ""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return "".join(deque(lines, maxlen=count)).rstrip("\n")
