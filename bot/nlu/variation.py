"""Further training texts made from one example: without accents, and about other procedures. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from bot.text import fold

_COPIES = 2
_SHORTEST_REST = 4


class Example(NamedTuple):
    """A labelled text."""

    text: str
    label: str


def vary(example: Example, subjects: Sequence[Sequence[str]]) -> Iterator[str]:
    """The example without accents, then with its subject replaced by others of the same list.

    A kind of question must not be guessed from the procedure it is asked about, so each subject
    has to appear under many labels. The choice depends on the text alone: training is repeatable.
    """
    yield fold(example.text)
    lowered = example.text.lower()
    found = _longest(lowered, subjects)
    if found is None:
        return
    start, end, others = found
    if len(lowered) - (end - start) < _SHORTEST_REST:
        return
    for copy in range(_COPIES):
        other = others[crc32(f"{copy}{lowered}".encode()) % len(others)]
        text = lowered[:start] + other + lowered[end:]
        yield fold(text) if copy % 2 else text


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
