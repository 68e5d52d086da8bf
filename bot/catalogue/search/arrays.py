"""Arrays of search: their types, and rows of different lengths one after another in one of them."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float32]


def runs(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """(owners, places) of all items of some rows: which of the rows, and where in the array."""
    owners = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    return owners, np.arange(len(owners)) + (starts - before)[owners]


def exact_sums(lines: Values) -> Values:
    """Sums over at least one line, rounded once as those of ``fsum``: what each addition rounds away (Knuth's
    two-sum) is added at the end. Exact for numbers of like size, whose lost bits fit into one number.
    """
    sums = np.cumsum(lines, axis=0)
    before = np.vstack([np.zeros_like(lines[:1]), sums[:-1]])
    added = sums - before
    lost = (before - (sums - added)) + (lines - added)
    exact: Values = sums[-1] + lost.sum(axis=0)
    return exact
