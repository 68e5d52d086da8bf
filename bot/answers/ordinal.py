"""Picking from a list in words: "cái thứ hai", "số 3", "2", "cái cuối"."""

from collections.abc import Sequence

_WORDS = {
    "nhat": 1, "mot": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
    "sau": 6, "bay": 7, "tam": 8,
}  # fmt: skip
_LEADS = ("thu", "so", "cai", "muc", "chon", "lua")


def picked(folded: Sequence[str], size: int) -> int | None:
    """Position (from 0) a short message picks out of ``size`` options, None when it picks none."""
    if not size:
        return None
    if "cuoi" in folded and len(folded) <= 4:
        return size - 1
    for position, word in enumerate(folded):
        lead = folded[position - 1] if position else ""
        number = int(word) if word.isdigit() and len(word) == 1 else None
        if number is None and (lead in _LEADS or (word == "dau" and len(folded) <= 4)):
            number = _WORDS.get(word)
        alone = len(folded) <= 2
        if number and (alone or lead in _LEADS) and number <= size:
            return number - 1
    return None
