"""Memory of the process."""

import ctypes
import gc


def give_back() -> None:
    """Return to the system what loading took for a while: glibc keeps it otherwise, for as long as the
    process lives. Does nothing where another C library is used.
    """
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return
