"""Weights of features held without their zeros. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_SHORT = 3
"""A line with at most one in so many of its columns filled is kept short."""

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Rows = NDArray[np.int32]


class PackedLines:
    """A matrix (lines × columns) of which most is zero, for taking some of its lines.

    Of a short line the columns that are not zero and their values are kept, all other lines whole.
    """

    def __init__(self, matrix: Floats | Halves) -> None:
        filled = matrix != 0
        counts = np.count_nonzero(filled, axis=1)
        width = max(matrix.shape[1] // _SHORT, 1)
        short = counts <= width
        self.shape = matrix.shape
        # The last one is empty: all short lines begin as that one.
        self._whole = np.concatenate([matrix[~short], np.zeros_like(matrix[:1])])
        columns = np.arange(matrix.shape[1], dtype=np.min_scalar_type(matrix.shape[1]))
        used = np.arange(width) < counts[short, np.newaxis]
        filled[~short] = False
        self._columns = _padded(np.broadcast_to(columns, matrix.shape)[filled], used)
        self._values = _padded(matrix[filled], used)
        # Numbers of the whole lines, then those of the short ones.
        places = np.where(short, len(self._whole) - 2 + np.cumsum(short), np.cumsum(~short) - 1)
        self._places = places.astype(np.int32)

    def take(self, lines: Rows, axis: int = 0) -> Floats:
        """(lines × columns) in the order asked for, as ``take`` of the matrix gives them."""
        places = self._places[lines]
        empty = len(self._whole) - 1
        taken = self._whole.take(places, axis=axis, mode="clip")
        short = (places >= empty).nonzero()[0]
        found = places[short] - empty
        taken[short[:, np.newaxis], self._columns.take(found, axis=0)] = self._values.take(found, axis=0)
        single: Floats = taken.astype(np.float32, copy=False)
        return single

    def __array__(self) -> Floats:
        """All lines, zeros and all."""
        return self.take(np.arange(self.shape[0], dtype=np.int32))


def _padded(items: NDArray[Any], used: NDArray[np.bool_]) -> NDArray[Any]:
    """Items of lines in as many places as are used of each; the first once more in those that are not."""
    places = np.zeros(used.shape, dtype=items.dtype)
    places[used] = items
    return np.where(used, places, places[:, :1])
