"""Which rows hold which terms, by number: sets of strings would take forty times the memory."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from bot.catalogue.search.arrays import Numbers, Truths, runs


class Holdings:
    """``vocabulary``: number of each term; ``held``: the numbers in each row, row after row;
    ``counts``: how many each row holds.
    """

    def __init__(self, vocabulary: Mapping[str, int], held: Numbers, counts: Numbers) -> None:
        self._vocabulary, self._counts = vocabulary, counts
        self._held = held.astype(np.int32)
        self._starts = np.cumsum(counts) - counts

    @property
    def vocabulary(self) -> Collection[str]:
        """The terms that rows hold."""
        return self._vocabulary.keys()

    def shared(self, rows: Numbers) -> "Holdings":
        """Holdings of others, each of which holds what one of these rows holds."""
        others = copy(self)
        others._starts, others._counts = self._starts[rows], self._counts[rows]
        return others

    def of(self, rows: Numbers, terms: Sequence[str]) -> Truths:
        """(terms × rows): whether each row holds each term. ``terms`` are different ones."""
        wanted = np.zeros(len(self._vocabulary), dtype=np.intp)
        for line, term in enumerate(terms, start=1):
            number = self._vocabulary.get(term)
            if number is not None:
                wanted[number] = line
        owners, places = runs(self._starts[rows], self._counts[rows])
        lines = wanted.take(self._held.take(places))
        found = np.flatnonzero(lines)
        result = np.zeros((len(terms), len(rows)), dtype=np.bool_)
        result[lines[found] - 1, owners[found]] = True
        return result


def holdings(rows: Iterable[Iterable[str]]) -> Holdings:
    """Holdings of given sets of terms."""
    return Holdings(*numbered(rows))


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
