"""Memory of a process that serves for weeks from what it loaded at its start."""

import asyncio
import ctypes
import gc

_ARENA_MAX = -8  # malloc.h
_OBJECTS = 10_000
_EVERY_SECONDS = 600.0


def give_back() -> None:
    """Return to the system what loading took for a while: glibc keeps it otherwise, for as long as the
    process lives. Does nothing more than ``settle`` where another C library is used.
    """
    settle()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return


def settle() -> None:
    """Let garbage go, and look no more among what is left until the next call: what was loaded stays, and
    looking through its million objects stopped all citizens for a tenth of a second, every few hundred
    messages. Of what is replaced later, the next call lets go what knows itself.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def collect_seldom() -> None:
    """A turn makes tens of thousands of objects, and nearly all of them go by themselves: Python looks for
    others after every 700.
    """
    gc.set_threshold(_OBJECTS)


async def stay_settled(every: float = _EVERY_SECONDS) -> None:
    """Settle again and again until cancelled: of a catalogue that has a newer revision, nothing is kept for
    longer than ``every`` seconds.
    """
    while True:
        await asyncio.sleep(every)
        settle()


def share_heap() -> None:
    """Let all threads started from now on use one heap: glibc gives each of many its own, which keeps what it
    once needed, and Python works in one thread at a time anyway. Does nothing with another C library.
    """
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
    except (OSError, AttributeError):
        return
