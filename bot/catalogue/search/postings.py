"""An inverted index with BM25 impacts worked out beforehand."""

from collections.abc import Sequence
from math import log

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

_K1 = 1.2
_B = 0.35


class Postings:
    """Impacts of terms in entries. Entries are numbered from 0 in the order given."""

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        lengths = np.array([len(entry) for entry in entries], dtype=np.float32)
        mean = float(lengths.mean()) if len(entries) else 1.0
        self.size = len(entries)
        norm = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
        numbers: dict[str, int] = {}
        terms = [numbers.setdefault(term, len(numbers)) for entry in entries for term in entry]
        owners = np.repeat(np.arange(self.size), lengths.astype(np.int64))
        # One number for each term in its entry sorts all places by term, then by entry.
        places, counts = np.unique(np.array(terms, dtype=np.int64) * self.size + owners, return_counts=True)
        of_term, rows = np.divmod(places, max(self.size, 1))
        found = np.bincount(of_term, minlength=len(numbers))
        idf = np.log(1 + (self.size - found + 0.5) / (found + 0.5))
        said = counts.astype(np.float32)
        impacts = idf.astype(np.float32)[of_term] * said * np.float32(_K1 + 1) / (said + norm[rows])
        ends = np.cumsum(found)[:-1]
        split = zip(np.split(rows, ends), np.split(impacts, ends), strict=True)
        self._rows: dict[str, tuple[npt.NDArray[np.int64], Scores]] = dict(zip(numbers, split, strict=False))
        self._idf: dict[str, float] = dict(zip(numbers, idf.tolist(), strict=True))

    def __contains__(self, term: str) -> bool:
        return term in self._idf

    def idf(self, term: str) -> float:
        """Rarity of a term; a term never seen is as rare as one seen once."""
        return self._idf.get(term, log(1 + (self.size + 0.5) / 1.5))

    def score(self, query: Sequence[tuple[str, float]]) -> Scores:
        """Sum of impacts per entry for weighted terms."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in query:
            found = self._rows.get(term)
            if found is not None:
                scores[found[0]] += weight * found[1]
        return scores
