"""Phrase tables of search: synonyms and question frames, matched on syllables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.catalogue.search.words import plain
from bot.catalogue.search.words import syllables_of as syllables_of


@dataclass(frozen=True)
class Synonym:
    """What citizens say and the official words that are added to the query for it."""

    mean: tuple[tuple[str, ...], ...]
    weight: float


def agrees(written: str, meant: str) -> bool:
    """Does a syllable as written stand for ``meant``? Without accents it stands for all of them."""
    return written == meant or plain(meant) == written


class PhraseTable:
    """Finds the longest phrases of a table in a sequence of syllables."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], object]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], object]]] = {}
        for syllables, value in phrases:
            if syllables:
                self._by_first.setdefault(plain(syllables[0]), []).append((syllables, value))
        for found in self._by_first.values():
            found.sort(key=lambda item: -len(item[0]))

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """All phrases, in folded syllables."""
        for found in self._by_first.values():
            for syllables, _ in found:
                yield tuple(map(plain, syllables))

    def matches(self, syllables: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[int, int, object]]:
        """Every phrase that occurs, as (start, end, value); longer ones first at each start."""
        for start, first in enumerate(folded):
            for phrase, value in self._by_first.get(first, ()):
                end = start + len(phrase)
                if end <= len(syllables) and all(map(agrees, syllables[start:end], phrase)):
                    yield start, end, value


def synonym_table(rules: Iterable[Mapping[str, object]]) -> PhraseTable:
    """Table of ``synonyms.yaml`` rules: ``{say: [...], mean: [...], weight?: float}``."""
    entries: list[tuple[tuple[str, ...], object]] = []
    for rule in rules:
        mean = rule["mean"]
        say = rule["say"]
        weight = rule.get("weight", 0.6)
        assert isinstance(mean, list) and isinstance(say, list) and isinstance(weight, (int, float))
        synonym = Synonym(tuple(syllables_of(phrase) for phrase in mean), float(weight))
        entries.extend((syllables_of(phrase), synonym) for phrase in say)
    return PhraseTable(entries)


def frame_table(phrases: Iterable[str]) -> PhraseTable:
    """Table of ``frames.yaml`` or ``everyday.yaml``: phrases that tell nothing about the procedure meant."""
    return PhraseTable((syllables_of(phrase), None) for phrase in phrases)
