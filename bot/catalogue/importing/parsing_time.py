"""Reads the time cells of the national portal (pure)."""

import re

from bot.catalogue.enums import Channel, TimeUnit
from bot.catalogue.importing.parsing_text import clean
from bot.catalogue.records import TimeLimit

_UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "giờ làm việc": TimeUnit.WORKING_HOUR,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "tháng": TimeUnit.MONTH,
    "(không ghi đơn vị)": TimeUnit.UNKNOWN,
    "": TimeUnit.UNKNOWN,
}
_SIMPLE = re.compile(
    r"(?:không quá|tối đa|trong thời hạn|trong)?\s*(\d+(?:[.,]\d+)?)\s*(?:\([^()\d]+\)\s*)?"
    r"(ngày làm việc|giờ làm việc|ngày|giờ|tháng|\(không ghi đơn vị\)|$)(?!\s*/)[\s.,;]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAME_DAY = re.compile(r"(?:giải quyết |thực hiện )?(?:ngay )?trong ngày(?: làm việc)?\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:không (?:quy định|có)|theo mô tả)?\s*(?:ngày)?\.?", re.IGNORECASE)
# The portal appends the unit chosen in a list to whatever was typed: "Không quá 5 ngày làm việc. ngày".
_APPENDED = re.compile(r"(\d+ (?:ngày làm việc|ngày|giờ)\b.*\S)\s+ngày$", re.IGNORECASE | re.DOTALL)


def parse_time(text: str | None, channel: Channel | None = None, note: str = "") -> TimeLimit | None:
    """Time limit of a cell, ``None`` when it says nothing.

    A cell that is more than "number unit rest" keeps its words in ``note`` with ``unknown`` unit and no
    value; a number without unit keeps the value with ``unknown`` unit. Numbers are never guessed.
    """
    cell = clean(text)
    if _NOTHING.fullmatch(cell):
        return None
    if appended := _APPENDED.fullmatch(cell):
        cell = appended[1]
    if simple := _SIMPLE.fullmatch(cell):
        number, unit, rest = simple.groups()
        words = " ".join(part for part in (rest if rest != "ngày" else "", note) if part)
        return TimeLimit(_UNITS[unit.lower()], _number(number), channel, words)
    if _SAME_DAY.match(cell):
        return TimeLimit(TimeUnit.SAME_DAY, None, channel, cell)
    return TimeLimit(TimeUnit.UNKNOWN, None, channel, cell)


def _number(text: str) -> float:
    """ "3,5" is three and a half, "120,000" one hundred and twenty thousand."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    return float(whole + fraction) if len(fraction) == 3 else float(f"{whole}.{fraction or 0}")
