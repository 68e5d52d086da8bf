"""The day a question is about: "hồi năm 2020", "tính đến 1/6/2020", or today."""

import re
from datetime import date

from bot.text import fold
from bot.text.dates import find_date

_POINTS_BACK = re.compile(
    r"\b(hoi|vao|thoi diem|tinh den|luc do|truoc day|ngay truoc|trong nam|nam)\s+(nam|thang|ngay)?\s*\d"
)
_OWN_STORY = re.compile(r"\b(sinh|de|cuoi|ket hon|ly hon|mat|chet|tu|cap|mua|nop|hen|xay|hoc|tot nghiep)\b")


def day_asked(text: str, today: date) -> date:
    """``today`` unless the message asks about an earlier time in so many words.

    Dates of a person's own story (birth, divorce, purchase) do not move the question back in time.
    """
    folded = fold(text)
    # Reading dates takes longer, and few messages point back.
    if not _POINTS_BACK.search(folded):
        return today
    found = find_date(text, today)
    if found is None or not date(2011, 1, 1) <= found < today:
        return today
    return today if _OWN_STORY.search(folded.split(str(found.year))[0][-24:]) else found
