"""Whether a text may be learned from: what was masked in it, and what may still say who somebody is. Pure.

Only shapes are known here; whom a text is about can also be told by what it tells. That is what the second
pair of eyes is for (Luật 91/2025/QH15 Điều 2: data that no longer leads to a person).
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.text import Kind, clean, find_identifiers, fold, mask
from bot.text.masking import KEPT


class Suspicion(str, Enum):
    """What a stretch of text may be."""

    IDENTIFIER = "identifier"
    """A number of a person that masking left."""
    DOSSIER = "dossier"
    """The code of a dossier leads to whoever handed it in."""
    NUMBER = "number"
    """A long number of no known kind."""
    ADDRESS = "address"
    """A house, an alley, a flat, a parcel of land."""
    NAME = "name"
    """Somebody's name."""
    LINK = "link"
    """A page or an account of somebody on a network."""


@dataclass(frozen=True)
class Doubt:
    """``words``: the stretch of text that may say who somebody is."""

    what: Suspicion
    words: str


@dataclass(frozen=True)
class Deidentified:
    """``text``: cleaned and masked; ``masked``: kinds of what was masked, in order of place; ``doubts``: what
    has to be written another way before anybody learns from it.
    """

    text: str
    masked: tuple[Kind, ...]
    doubts: tuple[Doubt, ...]


_SURNAMES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|lý|đinh|đoàn|trịnh|mai|đào|lương"
    "|tạ|vương|chu|tô|phùng|lưu|trương"
)
_ALSO_PLACES = "hà|thái|cao|dương|châu|lâm"
"""Surnames with which names of places begin, too: Hà Nội, Thái Bình, Dương Huy."""
_MIDDLE = "văn|thị|đình|hữu|quang|ngọc|thu|minh"
_WORD = r"[^\W\d_]+"
_CAPITAL = r"[A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỵ]"
_PLACES = (
    "duong",
    "pho",
    "phuong",
    "xa",
    "truong",
    "ngo",
    "cau",
    "vien",
    "quang truong",
    "khu",
    "thcs",
    "thpt",
)
"""After these words a name is that of a street, a school, a place."""
_NAMES = (
    # As typed: a surname and at least one more word with capital letters.
    re.compile(rf"\b(?:{_SURNAMES.title()})(?: {_CAPITAL}{_WORD}){{1,4}}"),
    re.compile(rf"\b(?:{_ALSO_PLACES.title()})(?: {_CAPITAL}{_WORD}){{2,4}}"),
    # In small letters, with accents: a surname with a middle name that hardly any other words have.
    re.compile(
        rf"\b(?:{_SURNAMES}|{_ALSO_PLACES}) (?:văn|thị|đình|hữu|quang|ngọc|thu|minh) {_WORD}", re.IGNORECASE
    ),
)
# In small letters without accents only surnames that are no other words.
_PLAIN_NAME = re.compile(
    r"\b(?:(?<!thai )nguyen|tran|pham|hoang|huynh|vu|bui) (?:van|thi|duc|huu|ngoc) [a-z]+"
)
_SELF = re.compile(
    r"\b(?:(?:ho (?:va )?ten|ho ten|ten)(?: cua)?(?: day du)?"
    r"(?: (?:toi|em|minh|tui|chau|con|anh|chi|ong|ba|bo|me|vo|chong|be|no))?(?: trai| gai)?(?: la| ?:)"
    r"|(?:toi|em|minh|tui|chau|anh|chi|ong|ba) ten(?: la)?)"
    r" (?!gi\b|sao\b|nao\b|the\b|mot\b|bi\b|khac\b|dung\b|sai\b|trong\b|tren\b|ai\b)[a-z]+"
)
_ADDRESSES = (
    re.compile(r"\b(?:so nha|nha so)(?: so)? ?[:.]? ?\d+[a-z]?(?:/\d+)*"),
    re.compile(r"\bso \d+[a-z]?(?:/\d+)*,? (?:duong|pho|ngo|ngach|hem|kiet|to|khu)\b"),
    re.compile(r"\b\d+[a-z]?(?:/\d+)* (?:duong|pho) [a-z]+"),
    re.compile(r"\b(?:ngo|ngach|hem|kiet) (?:so )?\d+"),
    re.compile(r"\bto \d+[a-z]?,? (?:khu|thon|ban) \d+"),
    re.compile(r"\b(?:can ho|phong)(?: so)? (?:[a-z]{0,2}\d{2,}|\d+[a-z])\b"),
    re.compile(r"\bthua(?: dat)? so \d+|\bto ban do(?: so)? \d+"),
)
_LINKS = (
    re.compile(r"https?://\S+|\bwww\.\S+"),
    re.compile(r"\b(?:fb|facebook|zalo|tiktok|t)\.(?:com|me|vn)\S*"),
    re.compile(r"(?<![\w*])@\w{3,}"),
)
_LONG_NUMBER = re.compile(r"\d{6,}")


def deidentify(text: str) -> Deidentified:
    """Mask a text and look at what is left."""
    plain = clean(text)
    hidden = tuple(found.kind for found in find_identifiers(plain) if found.kind not in KEPT)
    masked = mask(plain)
    return Deidentified(masked, hidden, _doubts(masked))


def _doubts(text: str) -> tuple[Doubt, ...]:
    folded = fold(text)
    spans: list[tuple[int, int, Suspicion]] = []
    kept = []
    for found in find_identifiers(text):
        if found.kind is Kind.DOSSIER:
            spans.append((found.start, found.end, Suspicion.DOSSIER))
        elif found.kind in KEPT:
            kept.append((found.start, found.end))
        else:
            spans.append((found.start, found.end, Suspicion.IDENTIFIER))
    spans += [(*match.span(), Suspicion.NUMBER) for match in _LONG_NUMBER.finditer(text)]
    spans += [(*match.span(), Suspicion.ADDRESS) for shape in _ADDRESSES for match in shape.finditer(folded)]
    spans += [(*match.span(), Suspicion.LINK) for shape in _LINKS for match in shape.finditer(text)]
    names = [match.span() for shape in _NAMES for match in shape.finditer(text)]
    names += [match.span() for match in _PLAIN_NAME.finditer(folded)]
    spans += [(*span, Suspicion.NAME) for span in names if not _of_a_place(folded[: span[0]])]
    spans += [(*match.span(), Suspicion.NAME) for match in _SELF.finditer(folded)]
    found_spans: list[tuple[int, int, Suspicion]] = []
    for start, end, what in sorted(spans, key=lambda span: (span[0], -span[1])):
        inside = any(start < high and end > low for low, high, _ in found_spans)
        harmless = what is Suspicion.NUMBER and any(start < high and end > low for low, high in kept)
        if not inside and not harmless:
            found_spans.append((start, end, what))
    return tuple(Doubt(what, text[start:end]) for start, end, what in found_spans)


def _of_a_place(before: str) -> bool:
    return before.rstrip().endswith(_PLACES)
