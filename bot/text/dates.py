"""The day a question is about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.amounts import find_amount
from bot.text.shadow import shadow

__all__ = ["find_amount", "find_date"]

_LUNAR = re.compile(r"\b(?:am lich|lich am|ngay am|ram|gieng|thang chap)\b")
_ISO = re.compile(r"(?<![\d./-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d])")
_DAY = re.compile(
    r"(?<![\d./-])(?P<d>\d{1,2}) ?(?P<s>[/.-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<y>\d{4}|\d{2})(?!\d|[./-]\d)"
)
_DAY_WORDS = re.compile(
    r"(?<![\d./-])(?P<d>\d{1,2}) ?thang (?P<m>\d{1,2})(?:,? nam |[/ -])(?P<y>\d{4})(?!\d|[./-]\d)"
)
_DAY_MONTH = re.compile(
    r"\b(?:ngay|hom|mung|mong) (?P<d>\d{1,2})(?: ?[/.-] ?| thang )(?P<m>\d{1,2})(?!\d|[./-]\d)"
)
_MONTH = re.compile(
    r"(?<![\d./-])(?:\b(?<!\d )thang (?P<m>\d{1,2})(?:(?:,? nam | ?[/.-] ?| )(?P<y>\d{4}))?"
    r"|(?P<m2>\d{1,2})/(?P<y2>\d{4}))(?!\d|[./-]\d)"
)
_YEAR = re.compile(r"\b(?:nam|hoi|vao|tu|truoc|sau|cuoi|dau|giua|trong) (?P<y>(?:19|20)\d{2})(?!\d|[./-]\d)")
_RELATIVE = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "ngay mai": 1}
_RELATIVE_WORD = re.compile(r"\b(" + "|".join(_RELATIVE) + r")\b")
_LAST_YEAR = re.compile(r"\bnam (?:ngoai|truoc)\b(?! \d)")
_EARLIEST = 1945


def find_date(text: str, today: date) -> date | None:
    """The date named in the text, day before month; None when there is none or it cannot exist.

    Only a year gives 1 July of it, a month its first day, a day without a year the year of
    `today`. Lunar dates give None: the solar date must be asked.
    """
    copy = shadow(text).text
    if _LUNAR.search(copy):
        return None
    for pattern in (_ISO, _DAY, _DAY_WORDS, _DAY_MONTH, _MONTH, _YEAR):
        match = pattern.search(copy)
        if match:
            return _read(match, today)
    relative = _RELATIVE_WORD.search(copy)
    if relative:
        return today + timedelta(days=_RELATIVE[relative[1]])
    if _LAST_YEAR.search(copy):
        return date(today.year - 1, 7, 1)
    return None


def _read(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    year = int(parts.get("y") or parts.get("y2") or today.year)
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    month = parts.get("m") or parts.get("m2")
    if not _EARLIEST <= year <= today.year + 10:
        return None
    try:
        return date(year, int(month), int(parts.get("d") or 1)) if month else date(year, 7, 1)
    except ValueError:
        return None
