"""Cleaning of raw text and the accent-free copy of it."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2000
"""Characters of one message that are read; the rest is cut."""

_SPACES = re.compile(r"\s+")
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_JOINER = "\u034f"  # zero width and never composed with its neighbours


class _CleanTable(dict[int, str]):
    """Translation of one code point, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            result = " "
        elif unicodedata.category(character) in _REMOVED_CATEGORIES or is_invisible(character):
            result = ""
        else:
            result = character
        self[code] = result
        return result


class _FoldTable(dict[int, str]):
    """Lower-case, accent-free form of one code point, always one character."""

    def __missing__(self, code: int) -> str:
        result = _fold_character(chr(code))
        self[code] = result
        return result


def is_invisible(character: str) -> bool:
    """True for characters that take no room: zero-width marks, joiners, variation selectors."""
    return (
        character == _JOINER or "\ufe00" <= character <= "\ufe0f" or unicodedata.category(character) == "Cf"
    )


def _fold_character(character: str) -> str:
    if unicodedata.combining(character):
        # A mark that stands alone could join the bare letter before it; the joiner cannot.
        return _JOINER
    decomposed = unicodedata.normalize("NFD", character)
    if all(unicodedata.combining(mark) for mark in decomposed[1:]):
        character = decomposed[0]
    lowered = character.lower()
    if len(lowered) != 1:
        lowered = lowered[0]
    return "d" if lowered == "đ" else lowered


_CLEAN = _CleanTable()
_FOLD = _FoldTable()


def clean(text: str) -> str:
    """NFC, without control and zero-width characters, white space collapsed and trimmed.

    At most MAX_LENGTH characters come back; an empty string is allowed.
    """
    visible = unicodedata.normalize("NFC", text.translate(_CLEAN))
    return _SPACES.sub(" ", visible).strip()[:MAX_LENGTH].rstrip()


def fold(text: str) -> str:
    """Lower case without accents, đ as d; an NFC text keeps its length, so offsets stay true."""
    return unicodedata.normalize("NFC", text).translate(_FOLD)
