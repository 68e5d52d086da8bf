"""Names of procedures as the sources give them: repaired, or recognised as no name at all (pure)."""

import re

from bot.catalogue.importing.parsing_text import clean

_LEAD = re.compile(r"^(?:[\s.,;:*+•–-]+|\d{1,2}\.\s+)+")
# A time limit, the title of a legal text or a bare level of government in the column of names.
_NO_NAME = re.compile(
    r"(?:\w+\s*\()?\d{1,3}\)?\s*ngày\b.*\bkể từ\b.*"
    r"|(?:Nghị định|Nghị quyết|Thông tư|Quyết định) số \d.*"
    r"|\([^()]*\)"
)
# A decision that announces procedures; it is about the province that issued it.
_ANNOUNCEMENT = re.compile(r"Công bố Danh mục\b.*\bthủ tục hành chính\b")
_ABBREVIATIONS = (
    *("AIDS", "BHTN", "BHXH", "BHYT", "CCCD", "CMND", "CNTT", "GTVT", "HIV", "HĐND", "HTX", "KHCN", "NOXH"),
    *("PCCC", "QSDĐ", "TNHH", "TTHC", "UBND", "VSTP"),
)
_PROPER = (
    (re.compile(rf"\b(?:{'|'.join(_ABBREVIATIONS)})\b", re.IGNORECASE), lambda found: found[0].upper()),
    (re.compile(r"\bviệt nam\b"), lambda _: "Việt Nam"),
    (re.compile(r"\bđiều (?=\d)"), lambda _: "Điều "),
    (re.compile(r"(?<!pháp )\bluật (\w)"), lambda found: f"Luật {found[1].upper()}"),
)
_LOUD = 0.6  # share of capitals above which a name is set in capitals


def name_of(text: str | None) -> str:
    """The name in the source's words without list marks around it, "" when the cell holds no name."""
    name = _LEAD.sub("", clean(text)).rstrip(" *")
    return "" if _NO_NAME.fullmatch(name) else name


def announces_procedures(name: str) -> bool:
    """Whether a name is the title of a decision on a list of procedures."""
    return _ANNOUNCEMENT.match(name) is not None


def unnamed(code: str) -> str:
    """What a procedure in force is called as long as no source gives its name."""
    return f"Thủ tục {code} (chưa có tên trong nguồn)"


def readable(name: str) -> str:
    """A name set in capitals in sentence case, "" for every other name."""
    letters = [char for char in name if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) <= _LOUD * len(letters):
        return ""
    text = name.lower().rstrip(" .")
    for pattern, written in _PROPER:
        text = pattern.sub(written, text)
    return text[:1].upper() + text[1:]
