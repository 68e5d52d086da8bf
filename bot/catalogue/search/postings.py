"""An inverted index with BM25 impacts worked out beforehand."""

from array import array
from collections.abc import Mapping, Sequence
from math import log

import numpy as np

from bot.catalogue.search.arrays import Numbers, Scores
from bot.catalogue.search.holdings import Holdings

_K1 = 1.2
_B = 0.35
COMMON = 8
"""A term in more than one of so many entries is kept for all of them."""


class Postings:
    """Impacts of terms in entries. Entries are numbered from 0.

    ``numbers``: of the terms, of which some may be in no entry; ``terms``, ``owners``: the term said and the
    entry that says it, for each place in any order; ``size``: how many entries there are.
    """

    def __init__(self, numbers: Mapping[str, int], terms: Numbers, owners: Numbers, size: int) -> None:
        self.size = size
        lengths = np.bincount(owners, minlength=size).astype(np.float32)
        mean = float(lengths.mean()) if size else 1.0
        norm = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
        # One number for each term in its entry sorts all places by term, then by entry.
        places, counts = np.unique(terms * self.size + owners, return_counts=True)
        of_term, rows = np.divmod(places, max(self.size, 1))
        found = np.bincount(of_term, minlength=len(numbers))
        idf = np.log(1 + (self.size - found + 0.5) / (found + 0.5))
        idf[found == 0] = self._of_unknown()
        said = counts.astype(np.float32)
        self._numbers = numbers
        self._ends = array("i", [0, *np.cumsum(found).tolist()])
        self._rows = rows.astype(np.int32)
        self._impacts: Scores = (
            idf.astype(np.float32)[of_term] * said * np.float32(_K1 + 1) / (said + norm[rows])
        )
        # A few words are in so many names that adding up all entries is faster than picking theirs.
        self._common = {
            number: self._in_all(number) for number in np.flatnonzero(found * COMMON > size).tolist()
        }
        # Thousands of terms are equally rare: each number is kept once.
        once: dict[float, float] = {}
        self._idf = [once.setdefault(rarity, rarity) for rarity in idf.tolist()]

    def __contains__(self, term: str) -> bool:
        number = self._numbers.get(term)
        return number is not None and self._ends[number] < self._ends[number + 1]

    def idf(self, term: str) -> float:
        """Rarity of a term; a term never seen is as rare as one seen once."""
        number = self._numbers.get(term)
        return self._of_unknown() if number is None else self._idf[number]

    def _of_unknown(self) -> float:
        return log(1 + (self.size + 0.5) / 1.5)

    def entries(self) -> Holdings:
        """Which entry holds which term, without how often."""
        of_term = np.repeat(np.arange(len(self._numbers)), np.diff(self._ends))
        by_entry = of_term[np.argsort(self._rows, kind="stable")]
        return Holdings(self._numbers, by_entry, np.bincount(self._rows, minlength=self.size))

    def score(self, query: Sequence[tuple[str, float]]) -> Scores:
        """Sum of impacts per entry for weighted terms."""
        scores = np.zeros(self.size, dtype=np.float32)
        # Half a hundred terms, most in a few dozen entries: to find them costs as much as to add them up.
        ends, all_rows, impacts = self._ends, self._rows, self._impacts
        number_of, common = self._numbers.get, self._common.get
        for term, weight in query:
            number = number_of(term)
            if number is None:
                continue
            whole = common(number)
            if whole is not None:
                scores += weight * whole
                continue
            start, end = ends[number], ends[number + 1]
            rows = all_rows[start:end]
            added = weight * impacts[start:end]
            added += scores[rows]
            scores[rows] = added
        return scores

    def _places(self, number: int) -> slice:
        """Where the entries of a term stand, and its impacts in them."""
        return slice(self._ends[number], self._ends[number + 1])

    def _in_all(self, number: int) -> Scores:
        """Impact of a term in every entry, 0 where it is not."""
        impacts = np.zeros(self.size, dtype=np.float32)
        found = self._places(number)
        impacts[self._rows[found]] = self._impacts[found]
        return impacts
