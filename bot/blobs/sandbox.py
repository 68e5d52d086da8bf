"""Files of strangers taken apart in a process of their own: a bomb or a flaw costs that process only."""

import resource
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import bot
from bot.blobs.kinds import Fault, FaultError, FileKind

_ROOT = Path(bot.__file__).parents[1]
_MEMORY = 1 << 30
_SECONDS = 20
_AT_ONCE = threading.BoundedSemaphore(2)
_DONE, _REFUSED = b"+", b"-"


def strip_apart(data: bytes, kind: FileKind, seconds: float = _SECONDS) -> bytes:
    """``bot.blobs.stripping.strip`` in a child with 1 GiB of memory, ``seconds`` of time, no environment (and
    so no secrets) and no right to write files. At most two run at once; others wait.

    Raises ``FaultError``: as ``strip``, and ``BROKEN`` when the child died or took too long.
    """
    command = [sys.executable, "-m", "bot.blobs.sandbox", kind.name]
    try:
        with _AT_ONCE:
            ended = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=seconds,
                cwd=_ROOT,
                env={},
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise FaultError(Fault.BROKEN) from None
    if ended.returncode == 0 and ended.stdout.startswith(_DONE):
        return ended.stdout[1:]
    if ended.returncode == 0 and ended.stdout.startswith(_REFUSED):
        raise FaultError(Fault(ended.stdout[1:].decode()))
    raise FaultError(Fault.BROKEN)


def _confine() -> None:
    limits = (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in limits:
        # Some systems know a limit by name but do not let it be set.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _main() -> None:
    from bot.blobs.stripping import strip

    _confine()
    try:
        answer = _DONE + strip(sys.stdin.buffer.read(), FileKind[sys.argv[1]])
    except FaultError as refused:
        answer = _REFUSED + refused.fault.value.encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    _main()
