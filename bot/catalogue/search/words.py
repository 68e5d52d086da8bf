"""Reads names and word tables: each written word is looked at once, however often it returns."""

from collections.abc import Callable
from functools import lru_cache

from bot.text import analyse, fold
from bot.text.misspellings import correct
from bot.text.readings import READINGS
from bot.text.tokens import pieces, read_word

Reader = Callable[[str], tuple[str, ...]]
"""Reads a phrase as ``syllables_of`` does."""


def syllables_of(phrase: str) -> tuple[str, ...]:
    """Canonical syllables of a phrase, those of ``analyse(phrase)``.

    Meant for names and tables, whose words return thousands of times; what citizens write is analysed
    as a whole and not kept.
    """
    read = list(map(_read, phrase.split()))
    if None in read:
        # Not kept: thousands of long texts would drive what citizens write out of the memory of ``analyse``.
        return analyse.__wrapped__(phrase).syllables
    return tuple(correct([syllable for syllables in read for syllable in syllables or ()]))


@lru_cache(maxsize=65536)
def plain(syllable: str) -> str:
    """A syllable of a name or table without accents."""
    return fold(syllable)


@lru_cache(maxsize=65536)
def _read(written: str) -> tuple[str, ...] | None:
    """Syllables of what stands between two spaces; ``None`` when its meaning hangs on the words around it."""
    # Thousands of them at the start: half the time of a whole analysis.
    words = [word for word, _, _ in pieces(written)]
    if any(word.replace("đ", "d").replace(".", "") in READINGS for word in words):
        return None
    return tuple(correct([syllable for word in words for syllable in read_word(word)]))
