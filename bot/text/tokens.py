"""Tokens of a message: where they stand in it and which syllables they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.text.abbreviations import expand
from bot.text.fold import clean, fold
from bot.text.foreign_words import FOREIGN_WORDS
from bot.text.keystrokes import decode_typing
from bot.text.syllables import canonical, is_syllable

_MARKS = "\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad"
_TOKEN = re.compile(
    rf"""
    (?:\d{{3}}\.\d{{2}}\.\d{{2}}\.)?[GgHh]\d{{2}}(?:\.\d{{1,3}}){{0,3}}-\d{{6}}-\d{{4,6}}  # dossier code
    | \d\.\d{{6}}(?:\.\d{{3}}\.\d{{2}}\.\d{{2}}\.[A-Za-z]\d{{2}})?(?!\d)                   # procedure code
    | \d+(?:[.,/:-]\d+)*                                                                 # number, date
    | [^\W\d_](?:\.[^\W\d_]){{1,4}}(?![^\W_]|[{_MARKS}])                                   # m.n, t.x
    | [^\W\d_](?:[^\W_]|[{_MARKS}])*                                                      # word
    """,
    re.VERBOSE,
)
_GLUED = re.compile(r"([^\W\d_]{2,})(\d{1,2})")
_LONG_RUN = re.compile(r"(\w)\1{2,}")
_RUN = re.compile(r"(\w)\1+")
_LONGEST_WORD = 24
_SLANG_ONSETS = (("f", "ph"), ("j", "gi"), ("w", "qu"), ("z", "d"), ("dz", "d"))


class Token(NamedTuple):
    """A piece of the text given: text == given[start:end].

    `forms` are its canonical syllables, accented where the citizen or an expansion has accents;
    `folded` are the same without accents.
    """

    text: str
    start: int
    end: int
    forms: tuple[str, ...]
    folded: tuple[str, ...]


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """(lower-case NFC word, start, end) of every word, number and code; offsets in the text given."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if "." in word and not word[0].isdigit() and "-" not in word:
            short = _normal(word.replace(".", ""))
            if expand(short) is None:
                for offset in range(0, len(word), 2):
                    start = match.start() + offset
                    yield _normal(word[offset]), start, start + 1
                continue
            yield short, match.start(), match.end()
        else:
            yield _normal(word), match.start(), match.end()


def _normal(word: str) -> str:
    if word.isascii():
        return word.lower()
    return _lowered(word) if len(word) <= _LONGEST_WORD else clean(word).lower()


@lru_cache(maxsize=16384)
def _lowered(word: str) -> str:
    return clean(word).lower()


def read_word(word: str) -> tuple[str, ...]:
    """Syllables of one lower-case word by itself, before its neighbours are looked at."""
    return _read_word(word) if len(word) <= _LONGEST_WORD else (word,)


@lru_cache(maxsize=16384)
def _read_word(word: str) -> tuple[str, ...]:
    return _known(word) or _decoded(word) or (canonical(word),)


def _known(word: str) -> tuple[str, ...] | None:
    expanded = expand(word)
    if expanded is not None:
        return tuple(canonical(syllable) for syllable in expanded)
    if is_syllable(word):
        return (canonical(word),)
    if word in FOREIGN_WORDS or word[0].isdigit():
        return (word,)
    glued = _GLUED.fullmatch(word)
    if glued and expand(glued[1]) and not is_syllable(glued[1]):
        return (*read_word(glued[1]), glued[2])
    return None


def _decoded(word: str) -> tuple[str, ...] | None:
    squeezed = _LONG_RUN.sub(r"\1", word)
    if squeezed != word and len(squeezed) > 1:
        return _known(squeezed) or _decoded(squeezed)
    typed = decode_typing(word)
    if typed is not None:
        return (canonical(typed),)
    for slang, onset in _SLANG_ONSETS:
        if word.startswith(slang) and is_syllable(onset + word[len(slang) :]):
            return (canonical(onset + word[len(slang) :]),)
    single = _RUN.sub(r"\1", word)
    if single != word and len(single) > 1:
        known = _known(single)
        if known is not None:
            return known
    glued = _GLUED.fullmatch(word)
    if glued and is_syllable(glued[1]):
        return (canonical(glued[1]), glued[2])
    return None


def fold_all(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Accent-free copies of the syllables."""
    if len(forms) == 1 and len(forms[0]) > _LONGEST_WORD:
        return (fold(forms[0]),)
    return _fold_all(forms)


@lru_cache(maxsize=16384)
def _fold_all(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(form) for form in forms)
