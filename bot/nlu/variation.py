"""Further training texts made from one example: unaccented, about another matter, told at length. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from bot.text import fold

_ASKED_AT_LENGTH = "ask_"
_SHORTEST_QUESTION = 15
_SHORTEST_REST = 4


class Example(NamedTuple):
    """A labelled text."""

    text: str
    label: str


class Phrases(NamedTuple):
    """Material for variations.

    `subjects`: lists of phrases that may replace each other; `openings`: sentences a citizen tells
    of himself before he asks.
    """

    subjects: Sequence[Sequence[str]] = ()
    openings: Sequence[str] = ()


def vary(example: Example, phrases: Phrases) -> Iterator[str]:
    """The example without accents, with another subject, and after an opening.

    A kind of question must not be guessed from the procedure it is asked about or the story told
    before it, so each has to appear under many labels. One half of the examples gets its unaccented
    copy, the other half the rest: all of both took half as long again to train and understood no
    better. The choice depends on the text alone: training is repeatable.
    """
    if crc32(example.text.encode()) % 2 == 0:
        yield fold(example.text)
        return
    lowered = example.text.lower()
    found = _longest(lowered, phrases.subjects)
    if found is not None:
        start, end, others = found
        if len(lowered) - (end - start) >= _SHORTEST_REST:
            yield lowered[:start] + _pick(others, lowered) + lowered[end:]
    if phrases.openings and example.label.startswith(_ASKED_AT_LENGTH) and len(lowered) >= _SHORTEST_QUESTION:
        yield f"{_pick(phrases.openings, lowered)} {example.text}"


def _pick(choices: Sequence[str], text: str) -> str:
    return choices[crc32(text.encode()) % len(choices)]


def _longest(text: str, subjects: Sequence[Sequence[str]]) -> tuple[int, int, Sequence[str]] | None:
    best: tuple[int, int, Sequence[str]] | None = None
    for group in subjects:
        for phrase in group:
            place = text.find(phrase)
            if place < 0 or (best is not None and len(phrase) <= best[1] - best[0]):
                continue
            if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is None:
                continue
            best = (place, place + len(phrase), group)
    return best
