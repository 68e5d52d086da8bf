"""Weights of features without their zeros."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.nlu.packed_lines import Floats, Halves, Rows

_AT_ONCE = 16_384
_WHOLE = 255


class SparseLines:
    """A matrix (lines × columns, fewer than 255) of which most is zero, for taking some of its lines.

    Of a line with at most half of its columns filled these and their values are kept, all other lines whole:
    features that most messages have are among those. Raises ``ValueError`` for more columns.
    """

    def __init__(self, matrix: Halves) -> None:
        if matrix.shape[1] >= _WHOLE:
            raise ValueError(f"{matrix.shape[1]} columns, fewer than {_WHOLE} can be held")
        self.shape = matrix.shape
        # As bits, of which the sign does not count: that is faster.
        bits = matrix.view(np.uint16)
        parts = [slice(start, start + _AT_ONCE) for start in range(0, len(bits), _AT_ONCE)]
        counts = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(np.count_nonzero(bits[part] << 1, axis=1) for part in parts)]
        )
        whole = counts > matrix.shape[1] // 2
        self._whole = matrix[whole]
        lengths = np.where(whole, 0, counts)
        self._columns = np.empty(lengths.sum(), dtype=np.uint8)
        self._values = np.empty(len(self._columns), dtype=matrix.dtype)
        columns = np.arange(matrix.shape[1], dtype=np.uint8)
        filled = 0
        for part in parts:
            short = bits[part][~whole[part]]
            held = (short << 1) != 0
            values = short[held]
            until = filled + len(values)
            self._columns[filled:until] = np.broadcast_to(columns, short.shape)[held]
            self._values[filled:until] = values.view(matrix.dtype)
            filled = until
        # Where a line begins: its number among the whole ones, or the place of its first value.
        self._starts = np.where(whole, np.cumsum(whole) - 1, np.cumsum(lengths) - lengths).astype(np.int32)
        self._counts = np.where(whole, _WHOLE, counts).astype(np.uint8)

    def take(self, lines: Rows, axis: int = 0) -> Floats:
        """(lines × columns) in the order asked for, as ``take`` of the matrix gives them; ``axis`` is 0."""
        starts, counts = self._starts[lines], self._counts[lines]
        taken = np.zeros((len(lines), self.shape[1]), dtype=np.float32)
        whole = (counts == _WHOLE).nonzero()[0]
        taken[whole] = self._whole[starts[whole]]
        short = (counts != _WHOLE).nonzero()[0]
        lengths = counts[short].astype(np.int64)
        ends = lengths.cumsum()
        places: NDArray[np.int64] = (starts[short] - (ends - lengths)).repeat(lengths)
        places += np.arange(len(places))
        cells: NDArray[np.int64] = (short * self.shape[1]).repeat(lengths)
        cells += self._columns[places]
        taken.ravel()[cells] = self._values[places]
        return taken
