"""Memory of the process."""

import ctypes
import gc

_ARENA_MAX = -8  # malloc.h


def give_back() -> None:
    """Return to the system what loading took for a while: glibc keeps it otherwise, for as long as the
    process lives. Does nothing where another C library is used.
    """
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return


def share_heap() -> None:
    """Let all threads started from now on use one heap: glibc gives each of many its own, which keeps what it
    once needed, and Python works in one thread at a time anyway. Does nothing with another C library.
    """
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
    except (OSError, AttributeError):
        return
