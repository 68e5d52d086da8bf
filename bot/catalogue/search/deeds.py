"""What is to be done: begin, again, extend, change, end … Families of procedures differ in nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

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


def agreement(said: frozenset[Deed], named: frozenset[Deed]) -> tuple[float, float, float]:
    """(agrees, conflicts, unasked): shares a deed; both speak of deeds and share none; the name is
    about something else than beginning although the question says no deed.
    """
    if not named:
        return (0.0, 0.0, 0.0)
    if not said:
        return (0.0, 0.0, float(Deed.BEGIN not in named))
    return (float(bool(said & named)), float(not said & named), 0.0)


def _table(rows: Mapping[str, Mapping[str, Iterable[str]]], column: str) -> PhraseTable:
    return PhraseTable(
        (syllables_of(words), Deed(name)) for name, row in rows.items() for words in row[column]
    )


def _longest(table: PhraseTable, syllables: Sequence[str]) -> frozenset[Deed]:
    """Deeds of the longest phrases, left to right; shorter ones inside them do not count."""
    found: set[Deed] = set()
    reached = 0
    folded = [plain(syllable) for syllable in syllables]
    for start, end, deed in table.matches(syllables, folded):
        if start >= reached and isinstance(deed, Deed):
            found.add(deed)
            reached = end
    return frozenset(found)
