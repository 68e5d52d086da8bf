"""Which names belong to which procedure: names are numbered through, those of one procedure in a row."""

from collections.abc import Sequence

import numpy as np

from bot.catalogue.search.arrays import Numbers, Scores, runs


class Names:
    """Built from the number of names of each procedure, every one at least 1."""

    def __init__(self, counts: Sequence[int]) -> None:
        self._counts = np.array(counts, dtype=np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        # (procedures with a name in this place, numbers of those names), second names first. Most
        # procedures have two names: a few wide steps beat one short reduction for each of them.
        self._further = [
            (rows, self._starts[rows] + place)
            for place in range(1, max(counts, default=0))
            for rows in [np.flatnonzero(self._counts > place)]
        ]

    def of(self, procedures: Numbers) -> tuple[Numbers, Numbers]:
        """(owners, numbers) of the names of some procedures: which of these, and which name."""
        return runs(self._starts[procedures], self._counts[procedures])

    def best(self, scores: Scores) -> Scores:
        """Best score among the names of each procedure."""
        found: Scores = scores[self._starts]
        for rows, names in self._further:
            found[rows] = np.maximum(found[rows], scores[names])
        return found
