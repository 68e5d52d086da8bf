"""When a result is due, in working days (NĐ 118/2025/NĐ-CP Điều 17–18; Bộ luật Dân sự 2015 Điều 147–148)."""

import re
from datetime import date

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.working_days import WorkCalendar
from bot.catalogue.enums import TimeUnit
from bot.catalogue.records import Procedure
from bot.text import fold

_HANDED_IN = re.compile(r"\b(?:nop|gui|dua|tiep nhan|nhan ho so)\b")


def hands_in(text: str) -> bool:
    """Whether a dossier is said to be handed in: "nộp hôm nay thì thứ mấy có"."""
    return bool(_HANDED_IN.search(fold(text)))


def days_of(procedure: Procedure) -> int | None:
    """Working days a procedure takes, where its record gives one number of them for every channel."""
    limits = {(limit.unit, limit.value) for limit in procedure.times}
    if len(limits) != 1:
        return None
    unit, value = limits.pop()
    return int(value) if unit is TimeUnit.WORKING_DAY and value and value == int(value) else None


def compose(received: date | None, days: int | None, calendar: WorkCalendar, late: bool = False) -> Answer:
    """The computed day, or the rule when the message does not give both numbers or the holidays of that
    time are not known.

    ``late``: handed in after 15:00, so the dossier moves at the start of the next working day.
    """
    if received is None or not days or days > 365:
        return Answer(Outcome.GUIDED, (phrase("utter_deadline_rule"),))
    end = calendar.count(calendar.begins(received, late), days)
    if not calendar.covers(received, end.day):
        return Answer(Outcome.GUIDED, (phrase("utter_deadline_rule"),))
    skipped = ", ".join(day.strftime("%d/%m") for day in end.skipped)
    worked = ", ".join(day.strftime("%d/%m") for day in end.worked)
    return Answer(
        Outcome.ANSWERED,
        (
            phrase(
                "utter_deadline_result",
                start=received.strftime("%d/%m/%Y"),
                days=days,
                weekday=phrase(f"utter_weekday_{end.day.weekday()}"),
                end=end.day.strftime("%d/%m/%Y"),
                skipped=phrase("utter_deadline_skipped", days=skipped) if skipped else "",
                worked=phrase("utter_deadline_worked", days=worked) if worked else "",
            ),
        ),
    )
