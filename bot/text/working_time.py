"""Working days and the time of day named in a message."""

from __future__ import annotations

import re

from bot.text.shadow import shadow

_DAYS = re.compile(r"(?<![\d./-])(?P<n>\d{1,3}) ?(?:ngay|hom)(?! ?(?:thang|/|\d))")
_CLOCK = re.compile(
    r"(?<![\d./:-])(?<!truoc )(?P<h>\d{1,2}) ?(?:h(?![a-z])|gio(?! lam viec)|:(?=\d{2}))(?! ?/)"
)


def find_working_days(text: str) -> int | None:
    """The number of days named ("10 ngày làm việc"), None when there is none."""
    match = _DAYS.search(shadow(text).text)
    return int(match["n"]) if match else None


def is_late(text: str) -> bool:
    """Whether the message says something was handed in after 15:00 (NĐ 118/2025/NĐ-CP Điều 18.2)."""
    copy = shadow(text).text
    clock = _CLOCK.search(copy)
    if clock is None:
        return False
    hour = int(clock["h"])
    if hour <= 6 and "chieu" in copy:
        hour += 12
    return 15 <= hour <= 23
