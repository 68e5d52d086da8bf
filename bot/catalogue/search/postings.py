"""An inverted index with BM25 impacts worked out beforehand."""

from collections import Counter
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
        self._norm = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
        where: dict[str, list[tuple[int, int]]] = {}
        for number, entry in enumerate(entries):
            for term, count in Counter(entry).items():
                where.setdefault(term, []).append((number, count))
        self._rows: dict[str, tuple[npt.NDArray[np.int32], Scores]] = {}
        self._idf: dict[str, float] = {}
        for term, places in where.items():
            rows = np.array([number for number, _ in places], dtype=np.int32)
            counts = np.array([count for _, count in places], dtype=np.float32)
            idf = log(1 + (self.size - len(rows) + 0.5) / (len(rows) + 0.5))
            self._idf[term] = idf
            self._rows[term] = (rows, idf * counts * (_K1 + 1) / (counts + self._norm[rows]))

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
