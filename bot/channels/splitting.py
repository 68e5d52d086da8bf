"""Long replies cut into messages a channel takes, where a reader would pause."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from enum import IntEnum

import regex

Measure = Callable[[str], int]
"""Size of a text in a channel's own units: at least one for every character."""

_GRAPHEME = regex.compile(r"\X")
_SPACE = regex.compile(r"\s++(?![\p{M}\u200d])")
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S+", regex.IGNORECASE)
_NUMBER = regex.compile(r"\d[\d.,:/+-]*+")
_SENTENCE_END = regex.compile(r"[.!?…;:][)\]\"'”’»]*+\Z")


class _Pause(IntEnum):
    """White space by how well a message may end there."""

    IN_NUMBER = 0
    WORD = 1
    SENTENCE = 2
    LINE = 3
    PARAGRAPH = 4


def utf16_units(text: str) -> int:
    """Length as Telegram and browsers count it."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf8_bytes(text: str) -> int:
    """Length on the wire; half a surrogate pair counts as the three bytes it would take."""
    return len(text.encode("utf-8", "surrogatepass"))


def split(text: str, limit: int, measure: Measure = len) -> list[str]:
    """``text`` (made NFC) as non-empty parts of at most ``limit`` units each; none for white space alone.

    A part ends at a blank line if there is one in its last two thirds, else at a line, a sentence, at any
    space; only then elsewhere, and not in a web address, a number or a letter with its marks unless that
    alone is over the limit. Nothing is lost but the white space at cuts and ends. ``ValueError`` when the
    limit has no room for one character.
    """
    rest = unicodedata.normalize("NFC", text).strip()
    parts: list[str] = []
    while rest:
        reach = _reach(rest, limit, measure)
        if reach == 0:
            raise ValueError(f"a limit of {limit} has no room for one character")
        cut = reach if reach == len(rest) else _pause(rest, reach) or _seam(rest, reach)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return parts


def _reach(text: str, limit: int, measure: Measure) -> int:
    """The largest number of characters within the limit."""
    lengths = range(1, min(len(text), max(limit, 0)) + 1)
    return bisect_right(lengths, limit, key=lambda length: measure(text[:length]))


def _pause(text: str, reach: int) -> int:
    """Where the last of the best pauses within reach begins; 0 when there is no white space."""
    last: dict[_Pause, int] = {}
    for space in _SPACE.finditer(text):
        if space.start() > reach:
            break
        kind = _kind(text, space.start(), space.end())
        if kind <= _Pause.WORD or space.start() >= reach // 3:
            last[kind] = space.start()
        else:
            last[_Pause.WORD] = space.start()
    return last[max(last)] if last else 0


def _kind(text: str, start: int, end: int) -> _Pause:
    lines = text.count("\n", start, end)
    if lines:
        return _Pause.LINE if lines == 1 else _Pause.PARAGRAPH
    if _SENTENCE_END.search(text, max(0, start - 4), start):
        return _Pause.SENTENCE
    between_digits = text[start - 1].isdigit() and text[end : end + 1].isdigit()
    return _Pause.IN_NUMBER if between_digits else _Pause.WORD


def _seam(text: str, reach: int) -> int:
    """Where to cut a run without white space: before what must stay whole, if something stands before it."""
    for whole in (_ADDRESS, _NUMBER, _GRAPHEME):
        for found in whole.finditer(text):
            if found.start() >= reach:
                break
            if found.start() > 0 and found.end() > reach:
                reach = found.start()
                break
    return reach
