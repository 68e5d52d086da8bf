"""Which names belong to which procedure: names are numbered through, those of one procedure in a row."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from bot.catalogue.search.arrays import Numbers, Scores, runs


class Names:
    """Built from the number of names of each procedure, every one at least 1."""

    def __init__(self, counts: Sequence[int]) -> None:
        self._counts = np.array(counts, dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        # First names, then second names …, each time those of procedures with most names first: the best of
        # all is found by a few steps over neighbours.
        most_first = np.argsort(-self._counts, kind="stable")
        self._ranks = np.argsort(most_first)
        rows = [most_first[self._counts[most_first] > place] for place in range(max(counts, default=0))]
        self._in_steps = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(self._starts[own] + place for place, own in enumerate(rows))]
        )
        self._steps = list(pairwise(accumulate(map(len, rows), initial=0)))

    def of(self, procedures: Numbers) -> tuple[Numbers, Numbers]:
        """(owners, numbers) of the names of some procedures: which of these, and which name."""
        return runs(self._starts[procedures], self._counts[procedures])

    def best(self, scores: Scores) -> Scores:
        """Best score among the names of each procedure."""
        in_steps = scores[self._in_steps]
        found = in_steps[: len(self._counts)]
        for start, end in self._steps[1:]:
            most = found[: end - start]
            np.maximum(most, in_steps[start:end], out=most)
        best: Scores = found[self._ranks]
        return best
