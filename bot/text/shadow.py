"""An accent-free copy of a text whose every character knows its place in the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.text.fold import fold, is_invisible


@dataclass(frozen=True, slots=True)
class Shadow:
    """`text` is folded, has plain digits, hyphens and spaces and nothing invisible.

    offsets[i] is the index in the original of character i of `text`.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the original of a non-empty slice of the shadow."""
        return self.offsets[start], self.offsets[end - 1] + 1


class _ShadowTable(dict[int, str]):
    def __missing__(self, code: int) -> str:
        result = _plain(chr(code))
        self[code] = result
        return result


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if unicodedata.combining(character) or is_invisible(character):
        return ""
    if character.isspace():
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\u2212":
        return "-"
    if category in ("Cc", "Cs"):
        return ""
    folded = fold(character)
    return folded if len(folded) == 1 else character


_TABLE = _ShadowTable()


def shadow(text: str) -> Shadow:
    """The folded copy of any text, composed or not, with offsets into the text given."""
    copy = text.translate(_TABLE)
    if len(copy) == len(text):
        return Shadow(copy, range(len(text)))
    kept = [(index, _TABLE[ord(character)]) for index, character in enumerate(text)]
    return Shadow(
        "".join(plain for _, plain in kept),
        tuple(index for index, plain in kept if plain),
    )
