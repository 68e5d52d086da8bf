"""Runs of digits as people type them: spaced, dotted, dashed, with letters for digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CHUNK = (
    r"(?:(?:(?<![a-z0-9])[oil]{1,2}(?=\d))?\d(?:[\doil]*(?:\d|[oil](?![^\W_])))?"
    r"|(?<=[ .\-_])o(?=[ .\-_]\d))"
)
_GAP = r"(?: ?[.\-_]{1,2} ?| {1,2})"
_RUN = re.compile(rf"{_CHUNK}(?:{_GAP}{_CHUNK})*")
_CHUNKS = re.compile(_CHUNK)
_LETTERS = str.maketrans("oil", "011")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    r"(?<![\d.-])(?:(?:0?[1-9]|[12]\d|3[01])([.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\d]|[.-]\d)"
)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that may belong together; each chunk is (digits, start, end) as separated in the text."""

    chunks: tuple[tuple[str, int, int], ...]

    @property
    def digits(self) -> str:
        return "".join(digits for digits, _, _ in self.chunks)

    @property
    def start(self) -> int:
        return self.chunks[0][1]

    @property
    def end(self) -> int:
        return self.chunks[-1][2]

    def parts(self, is_certain: Callable[[str], bool]) -> list[Run]:
        """The run cut where it holds numbers that are certain in themselves, else whole or by chunk.

        "5 0981234567" holds a phone number after a 5; "0 2 2 0 8 9 ..." is one number.
        """
        if is_certain(self.digits) or len(self.chunks) == 1:
            return [self]
        chunks = self.chunks
        for first in range(len(chunks)):
            for last in range(len(chunks), first, -1):
                middle = Run(chunks[first:last])
                if len(middle.digits) <= 13 and is_certain(middle.digits):
                    before = Run(chunks[:first]).parts(is_certain) if first else []
                    after = Run(chunks[last:]).parts(is_certain) if last < len(chunks) else []
                    return [*before, middle, *after]
        if len(self.digits) > 19 or any(len(digits) >= 9 for digits, _, _ in chunks[1:]):
            return [Run((chunk,)) for chunk in chunks]
        return [self]


def read_digits(text: str) -> str:
    """Letters that look like digits read as digits: o is 0, i and l are 1."""
    return text.translate(_LETTERS)


def find_runs(text: str, taken: Sequence[tuple[int, int]]) -> list[Run]:
    """Digit runs of a folded text outside the taken slices; rows of years and dates are not runs."""
    for start, end in taken:
        text = text[:start] + "\0" * (end - start) + text[end:]
    text = _DATE.sub(lambda match: "\0" * len(match[0]), text)
    runs: list[Run] = []
    for match in _RUN.finditer(text):
        chunks = [
            (read_digits(chunk[0]), chunk.start(), chunk.end())
            for chunk in _CHUNKS.finditer(text, match.start(), match.end())
        ]
        if not all(_YEAR.fullmatch(digits) for digits, _, _ in chunks) or len(chunks) == 1:
            runs.extend(Run(tuple(chunks[i : i + _LONGEST])) for i in range(0, len(chunks), _LONGEST))
    return runs
