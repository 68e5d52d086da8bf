"""Which line of a table belongs to which number, where few of all numbers have one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

_BYTE = 8


class FeatureRows:
    """Gives what an array of the places in ``ids`` gives, -1 for numbers that are not in it, in a sixth of
    the memory: a bit for each number, and for each byte of them how many are set before it.

    ``ids``: sorted, each once; ``size``: numbers are below it, a multiple of 8.
    """

    def __init__(self, ids: NDArray[Any], size: int) -> None:
        known = np.zeros(size, dtype=np.bool_)
        known[ids] = True
        self._bits = np.packbits(known, bitorder="little")
        counts = _ONES[self._bits]
        self._before = (np.cumsum(counts) - counts).astype(np.int32)

    def __getitem__(self, numbers: Numbers) -> Numbers:
        """The place of each number."""
        places = numbers >> 3
        own = self._bits[places]
        bits = _BITS[numbers & (_BYTE - 1)]
        rows: Numbers = self._before[places] + _ONES[own & (bits - 1)]
        rows[(own & bits) == 0] = -1
        return rows


_BITS = np.left_shift(1, np.arange(_BYTE)).astype(np.uint8)
_ONES = np.unpackbits(np.arange(1 << _BYTE, dtype=np.uint8)[:, np.newaxis], axis=1).sum(
    axis=1, dtype=np.int32
)
"""How many bits of a byte are set."""
