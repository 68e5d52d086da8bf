"""Picking from a list in words: "cái thứ hai", "số 3", "2", "cái cuối"."""

from collections.abc import Sequence
from itertools import pairwise

_WORDS = {
    "nhat": 1, "mot": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
    "sau": 6, "bay": 7, "tam": 8,
}  # fmt: skip
_LEADS = ("thu", "so", "cai", "chon", "lua", "muc", "loai", "dong")
_LAST = frozenset({("cuoi", "cung"), *((lead, "cuoi") for lead in _LEADS)})
_FILLERS = frozenset({
    "thu", "so", "cai", "muc", "loai", "dong", "chon", "lua", "dau", "tien", "cuoi", "cung", "nhe", "nha",
    "di", "a", "em", "anh", "chi", "minh", "toi", "cho", "lay", "tuc", "phuong", "an", "do", "nay", "kia",
    "u", "vang", "da", "giup", "voi",
})  # fmt: skip


def picked(folded: Sequence[str], size: int) -> int | None:
    """Position (from 0) a short message picks out of ``size`` options, None when it picks none."""
    if not size:
        return None
    if len(folded) <= 4 and any(pair in _LAST for pair in pairwise(folded)):
        return size - 1
    for position, word in enumerate(folded):
        lead = folded[position - 1] if position else ""
        number = int(word) if word.isdecimal() and len(word) <= 3 else None
        if number is None and (lead in _LEADS or len(folded) == 1 or (word == "dau" and len(folded) <= 4)):
            number = _WORDS.get(word)
        alone = len(folded) <= 2
        if number and (alone or lead in _LEADS or word == "dau") and number <= size:
            return number - 1
    return None


def only_a_pick(folded: Sequence[str]) -> bool:
    """Whether a message says nothing beside which one: "cho em cái thứ hai ạ", not "thứ 7 mở không"."""
    others = [word for word in folded if word not in _FILLERS]
    return len(others) <= 1 and all(word.isdecimal() or word in _WORDS for word in others)


def points(folded: Sequence[str]) -> bool:
    """Whether a message does nothing but point at a place of some list: "số 1", "chọn mục 2 nhé"."""
    if not only_a_pick(folded):
        return False
    return any(
        lead in _LEADS and (word.isdecimal() and len(word) <= 2 or word in _WORDS)
        for lead, word in pairwise(folded)
    )
