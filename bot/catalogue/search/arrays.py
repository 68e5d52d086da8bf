"""Arrays of search: their types, and rows of different lengths one after another in one of them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float32]

_GRAIN = 2.0**-26


def runs(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """(owners, places) of all items of some rows: which of the rows, and where in the array."""
    owners = np.arange(len(lengths)).repeat(lengths)
    offsets = starts - (lengths.cumsum() - lengths)
    return owners, np.arange(len(owners)) + offsets[owners]


def exact_sums(weights: Sequence[float], held: Values) -> Values:
    """Sums of the weights each column of ``held`` holds, rounded once as those of ``fsum``.

    ``held``: (weights × columns), 1 where a column holds a weight, else 0.

    Each weight is parted into a whole number of ``_GRAIN`` and the rest of it. Sums of either part are exact
    in whatever order, for up to 128 weights that are 0 or between 2^-21 and 2^20.
    """
    whole = np.array(weights)
    coarse = np.rint(whole / _GRAIN) * _GRAIN
    upper, lower = np.array((coarse, whole - coarse)) @ held
    sums: Values = upper + lower
    return sums
