"""Which rows hold which terms, by number: sets of strings would take forty times the memory."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from bot.catalogue.search.arrays import Numbers


class Holdings:
    """``vocabulary``: number of each term; ``held``: the numbers in each row, row after row;
    ``counts``: how many each row holds.
    """

    def __init__(self, vocabulary: Mapping[str, int], held: Numbers, counts: Numbers) -> None:
        self._vocabulary, self._counts = vocabulary, counts
        self._held = held.astype(np.int32)
        self._starts = np.cumsum(counts) - counts

    def of(self, rows: Numbers, terms: Collection[str]) -> tuple[Numbers, Numbers]:
        """(places in ``terms``, places in ``rows``) of all that these rows hold. Terms are different ones."""
        unknown = len(self._vocabulary)
        number = self._vocabulary.get
        numbers = [number(term, unknown) for term in terms]
        wanted = np.zeros(unknown + 1, dtype=np.bool_)
        wanted[numbers] = True
        counts = self._counts[rows]
        ends = counts.cumsum()
        places = (self._starts[rows] - (ends - counts)).repeat(counts)
        places += np.arange(len(places))
        # Thousands of items, of which hundreds are found: only those are looked at closely. Indexing is
        # four times as fast as ``take`` here.
        held = self._held[places]
        found = wanted[held].nonzero()[0]
        lines = np.zeros(unknown + 1, dtype=np.int64)
        lines[numbers] = np.arange(len(numbers))
        return lines[held[found]], ends.searchsorted(found, side="right")

    def further(self, rows: Iterable[Iterable[str]]) -> "Holdings":
        """Holdings of these rows and, after them, of some more."""
        words, held, counts = numbered(rows)
        vocabulary = with_terms(self._vocabulary, words)
        held = np.array([vocabulary[word] for word in words], dtype=np.int64)[held]
        return Holdings(
            vocabulary, np.concatenate([self._held, held]), np.concatenate([self._counts, counts])
        )


def holdings(rows: Iterable[Iterable[str]]) -> Holdings:
    """Holdings of given sets of terms."""
    return Holdings(*numbered(rows))


def with_terms(vocabulary: Mapping[str, int], terms: Iterable[str]) -> Mapping[str, int]:
    """Numbers of the terms of a vocabulary and, after them, of further ones; the same where none is new."""
    new = [term for term in dict.fromkeys(terms) if term not in vocabulary]
    return (
        {**vocabulary, **{term: number for number, term in enumerate(new, len(vocabulary))}}
        if new
        else vocabulary
    )


def numbered(rows: Iterable[Iterable[str]]) -> tuple[dict[str, int], Numbers, Numbers]:
    """(number of each term, the numbers in the rows, row after row, how many in each row)."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    held = array("q")
    ends = [0]
    for row in rows:
        held.extend(map(numbers.__getitem__, row))
        ends.append(len(held))
    return dict(numbers), np.array(held, dtype=np.int64), np.diff(ends)
