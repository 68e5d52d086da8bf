"""Phrase tables of search: synonyms and question frames, matched on syllables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

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
        found: dict[tuple[str, ...], list[tuple[tuple[str, ...], object]]] = {}
        lengths: dict[str, set[int]] = {}
        for syllables, value in phrases:
            if syllables:
                folded = tuple(map(plain, syllables))
                # Once where it is the same: aliases come without accents.
                found.setdefault(syllables if syllables == folded else folded, []).append((syllables, value))
                lengths.setdefault(folded[0], set()).add(len(folded))
        self._found = {folded: tuple(own) for folded, own in found.items()}
        self._lengths = {first: tuple(sorted(own, reverse=True)) for first, own in lengths.items()}

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """All phrases, in folded syllables."""
        for folded, found in self._found.items():
            yield from repeat(folded, len(found))

    def matches(self, syllables: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[int, int, object]]:
        """Every phrase that occurs, as (start, end, value); longer ones first at each start."""
        spoken, beginning, phrases = tuple(folded), self._lengths, self._found
        # Every message goes through half a dozen tables, in which most of its words begin nothing.
        for start in [place for place, first in enumerate(spoken) if first in beginning]:
            left = len(spoken) - start
            for length in beginning[spoken[start]]:
                if length > left:
                    continue
                end = start + length
                for phrase, value in phrases.get(spoken[start:end], ()):
                    if all(map(agrees, syllables[start:end], phrase)):
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
