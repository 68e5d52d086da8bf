"""What is to be done: begin, again, extend, change, end … Families of procedures differ in nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

import numpy as np

from bot.catalogue.search.arrays import Numbers, Truths
from bot.catalogue.search.lexicon import PhraseTable
from bot.catalogue.search.words import plain, syllables_of


class Deed(str, Enum):
    """Kinds of deeds; the keys of ``deeds.yaml``."""

    BEGIN = "begin"
    AGAIN = "again"
    EXCHANGE = "exchange"
    EXTEND = "extend"
    CHANGE = "change"
    END = "end"
    PAUSE = "pause"
    INFORM = "inform"
    MOVE = "move"
    MERGE = "merge"


_NO_DEED = "none"
"""The row of phrases that hold a word of a deed and speak of none: "trà sữa", a shop that repairs."""


class DeedTables:
    """Words of citizens and words of official names for each deed."""

    def __init__(self, rows: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        self._said = _table(rows, "said")
        self._named = _table(rows, "named")

    def said(self, syllables: Sequence[str]) -> frozenset[Deed]:
        """Deeds a question speaks of."""
        return _longest(self._said, syllables)

    def named(self, syllables: Sequence[str]) -> frozenset[Deed]:
        """Deeds an official name is about."""
        return _longest(self._named, syllables)


def bits(deeds: Iterable[Deed]) -> int:
    """Different deeds as a number, a bit for each."""
    return sum(_BITS[deed] for deed in deeds)


_BITS = {deed: 1 << place for place, deed in enumerate(Deed)}


def agreement(said: int, named: Numbers) -> tuple[Truths, Truths, Truths]:
    """(agrees, conflicts, unasked) of the ``bits`` of a question and of names: shares a deed; both speak of
    deeds and share none; the name is about something else than beginning although the question says no deed.
    """
    speaks = named != 0
    shares = (named & said) != 0
    if said:
        return shares, speaks & ~shares, np.zeros(len(speaks), dtype=np.bool_)
    return shares, shares, speaks & ((named & _BITS[Deed.BEGIN]) == 0)


def _table(rows: Mapping[str, Mapping[str, Iterable[str]]], column: str) -> PhraseTable:
    return PhraseTable(
        (syllables_of(words), None if name == _NO_DEED else Deed(name))
        for name, row in rows.items()
        for words in row[column]
    )


def _longest(table: PhraseTable, syllables: Sequence[str]) -> frozenset[Deed]:
    """Deeds of the longest phrases, left to right; shorter ones inside them do not count."""
    found: set[Deed] = set()
    reached = 0
    folded = [plain(syllable) for syllable in syllables]
    for start, end, deed in table.matches(syllables, folded):
        if start < reached:
            continue
        reached = end
        if isinstance(deed, Deed):
            found.add(deed)
    return frozenset(found)
