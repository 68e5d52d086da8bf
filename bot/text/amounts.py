"""Sums of money as people write them."""

from __future__ import annotations

import re

from bot.text.shadow import shadow

_UNITS = {
    "k": 10**3, "nghin": 10**3, "ngan": 10**3, "lit": 10**5, "tr": 10**6, "trieu": 10**6, "cu": 10**6,
    "ty": 10**9, "ti": 10**9,
}  # fmt: skip
_SLANG = {"cu": "củ", "lit": "lít"}
_SCALED = re.compile(
    r"(?<![\d.,])(\d{1,6})(?:([.,])(\d{1,3}))? ?(k|nghin|ngan|trieu|tr|ty|ti|cu|lit)(?![a-z])"
    r"(?:( ruoi)| ?(\d{1,3}) ?(nghin|ngan|k)(?![a-z])|(\d{1,3})(?!\d|[./-]\d)| (\d)(?! ?[a-z0-9./-]))?"
)
_PLAIN = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d{1,12}) ?(?:dong|vnd|d)(?![a-z])")
_GROUPED = re.compile(r"(?<![\d.,])([1-9]\d{0,2}(?:\.\d{3})+)(?![\d]|[.,]\d)")
_DIGIT_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_WORDS = "|".join(sorted(_DIGIT_WORDS.keys() | {"muoi", "tram", "linh", "le"}, key=len, reverse=True))
_SPOKEN = re.compile(rf"(?<![a-z])((?:(?:{_WORDS}) )+)(nghin|ngan|trieu|ty)(?![a-z])( ruoi)?")


def find_amount(text: str) -> int | None:
    """The first sum named in the text, in dong: 150k, 2tr5, 1,5 triệu, 1.000.000đ, hai trăm nghìn.

    None when no sum is named; a bare number without unit or thousands is not a sum.
    """
    copy = shadow(text).text
    hits = [
        (match.start(), amount)
        for pattern, read in (
            (_SCALED, _scaled),
            (_PLAIN, _plain),
            (_GROUPED, _plain),
            (_SPOKEN, _spoken),
        )
        for match in pattern.finditer(copy)
        if (amount := read(match)) is not None and _is_written(match, text)
    ]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def _is_written(match: re.Match[str], text: str) -> bool:
    """Slang units only count with their accents: "cũ" and "lit" are other words."""
    unit = match[4] if match.re is _SCALED else None
    return unit not in _SLANG or _SLANG[unit] in text.lower()


def _plain(match: re.Match[str]) -> int | None:
    return int(re.sub(r"\D", "", match[1]))


def _scaled(match: re.Match[str]) -> int | None:
    whole, mark, part, unit_word, half, thousands, _, glued, last = match.groups()
    unit = _UNITS[unit_word]
    if mark == "." and len(part) == 3:
        return int(whole + part) * unit
    fraction = part or glued or last
    amount = int(whole) * unit + (int(fraction.ljust(3, "0")) * unit // 1000 if fraction else 0)
    if thousands:
        amount += int(thousands) * 1000
    return amount + (unit // 2 if half else 0)


def _spoken(match: re.Match[str]) -> int | None:
    number = below = 0
    for word in match[1].split():
        if word == "tram":
            number += (below or 1) * 100
            below = 0
        elif word == "muoi":
            number += (below or 1) * 10
            below = 0
        elif word not in ("linh", "le"):
            below = _DIGIT_WORDS[word]
    unit = _UNITS[match[2]]
    return (number + below) * unit + (unit // 2 if match[3] else 0)
