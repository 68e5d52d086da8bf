"""Known syllables near an unknown one: one letter dropped, added, changed, swapped, or a regional sound."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p

from bot.text import swaps

SHORTEST = 2
REMEMBERED = 1024
"""Syllables whose slips are kept: the same few hundred stand beside strange words in most messages."""
PLAIN = 3
"""Letters from which on a slip is guessed without neighbours that speak for the guess."""
SURE = 5.0
"""Evidence a known syllable must find in its neighbours to be read as another one: both, or one often."""


class Spelling:
    """Spelling help over the folded syllables of the catalogue.

    ``phrases``: names and phrases of the word tables in folded syllables, for what stands beside what.
    """

    def __init__(self, known: Iterable[str], phrases: Iterable[Sequence[str]] = ()) -> None:
        self._known = frozenset(known)
        pairs: Counter[tuple[str, str]] = Counter()
        words = set(self._known)
        for phrase in phrases:
            words.update(phrase)
            pairs.update(pairwise(phrase))
        self._words = frozenset(words)
        evidence = {count: log1p(count) for count in pairs.values()}
        self._pairs: Mapping[tuple[str, str], float] = {pair: evidence[n] for pair, n in pairs.items()}
        near: dict[str, list[str]] = {}
        for word in self._words:
            if word.isalpha():
                for form in {*_without_a_letter(word), *_with_a_letter_open(word)}:
                    near.setdefault(form, []).append(word)
        self._near: Mapping[str, tuple[str, ...]] = {form: tuple(words) for form, words in near.items()}
        self._slips = lru_cache(maxsize=REMEMBERED)(self._one_slip)

    def __contains__(self, folded: str) -> bool:
        return folded in self._known

    def near(self, folded: str, limit: int = 4) -> tuple[str, ...]:
        """Known syllables one slip away, regional sounds first; nothing for very short syllables."""
        heard = [s for s in swaps(folded) if s in self._known]
        if len(folded) < PLAIN or not folded.isalpha():
            return tuple(heard[:limit])
        typed = [word for word in self._slips(folded) if word in self._known]
        return tuple(dict.fromkeys(heard + typed))[:limit]

    def mended(self, folded: Sequence[str]) -> tuple[str, ...]:
        """The syllables, each misspelt one as its neighbours want it; all others as they are.

        A syllable counts as misspelt when no table or name knows it, or when neither neighbour was ever
        seen beside it although both would stand beside a syllable one slip away.
        """
        found = list(folded)
        pairs = self._pairs
        for place, syllable in enumerate(folded):
            if len(syllable) < SHORTEST or not syllable.isalpha():
                continue
            left = found[place - 1] if place else ""
            right = folded[place + 1] if place + 1 < len(folded) else ""
            if (left, syllable) in pairs or (syllable, right) in pairs:
                continue
            rated = [
                (pairs.get((left, word), 0.0) + pairs.get((word, right), 0.0), word)
                for word in (*swaps(syllable), *self._slips(syllable))
            ]
            evidence, best = max(rated, default=(0.0, ""))
            if evidence > (SURE if syllable in self._words else 0.0):
                found[place] = best
        return tuple(found)

    def _one_slip(self, word: str) -> tuple[str, ...]:
        """Words of all tables with one letter dropped, added, changed, or two neighbours swapped, in
        alphabetical order.
        """
        found = set(self._near.get(word, ()))
        for form in _with_a_letter_open(word):
            found.update(self._near.get(form, ()))
        found.update(self._words.intersection((*_without_a_letter(word), *_swapped(word))))
        found.discard(word)
        return tuple(sorted(found))


def _without_a_letter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _with_a_letter_open(word: str) -> list[str]:
    return [f"{word[:place]}?{word[place + 1 :]}" for place in range(len(word))]


def _swapped(word: str) -> list[str]:
    return [
        word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)
    ]
