"""Reads names and word tables: each written word is looked at once, however often it returns."""

from functools import lru_cache

from bot.text import analyse, clean, fold
from bot.text.misspellings import correct
from bot.text.readings import READINGS


def syllables_of(phrase: str) -> tuple[str, ...]:
    """Canonical syllables of a phrase, those of ``analyse(phrase)``.

    Meant for names and tables, whose words return thousands of times; what citizens write is analysed
    as a whole and not kept.
    """
    found: list[str] = []
    for written in phrase.split():
        syllables, hangs_on_neighbours = _read(written)
        if hangs_on_neighbours:
            return analyse(phrase).syllables
        found.extend(syllables)
    return tuple(correct(found))


@lru_cache(maxsize=65536)
def plain(syllable: str) -> str:
    """A syllable of a name or table without accents."""
    return fold(syllable)


@lru_cache(maxsize=65536)
def _read(written: str) -> tuple[tuple[str, ...], bool]:
    """Syllables of what stands between two spaces; whether its meaning hangs on the words around it."""
    analysis = analyse(written)
    spoken = [clean(token.text).lower().replace("đ", "d").replace(".", "") for token in analysis.tokens]
    return analysis.syllables, any(word in READINGS for word in spoken)
