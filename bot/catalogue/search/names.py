"""Which names belong to which procedure: names are numbered through, those of one procedure in a row."""

from collections.abc import Sequence

import numpy as np

from bot.catalogue.search.postings import Scores


class Names:
    """Built from the number of names of each procedure, every one at least 1."""

    def __init__(self, counts: Sequence[int]) -> None:
        of_each = np.array(counts, dtype=np.int64)
        self._ends = np.cumsum(of_each)
        self._starts = self._ends - of_each
        # (procedures with a name in this place, numbers of those names), second names first. Most
        # procedures have two names: a few wide steps beat one short reduction for each of them.
        self._further = [
            (rows, self._starts[rows] + place)
            for place in range(1, max(counts, default=0))
            for rows in [np.flatnonzero(of_each > place)]
        ]

    def of(self, procedure: int) -> slice:
        """Numbers of the names of a procedure."""
        return slice(int(self._starts[procedure]), int(self._ends[procedure]))

    def best(self, scores: Scores) -> Scores:
        """Best score among the names of each procedure."""
        found: Scores = scores[self._starts]
        for rows, names in self._further:
            found[rows] = np.maximum(found[rows], scores[names])
        return found
