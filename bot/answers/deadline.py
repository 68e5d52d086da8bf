"""When a result is due, in working days (NĐ 118/2025/NĐ-CP Điều 17–18; Bộ luật Dân sự 2015 Điều 147–148)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase

_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """The last day and the holidays on weekdays that were skipped on the way."""

    day: date
    skipped: tuple[date, ...]


def due(received: date, days: int, holidays: Collection[date], late: bool = False) -> Deadline:
    """Count ``days`` working days from the day after ``received``.

    ``late``: handed in after 15:00, so the dossier moves at the start of the next working day.
    """
    skipped: list[date] = []
    day = received
    left = days + (1 if late else 0)
    while left:
        day += timedelta(days=1)
        if day.weekday() >= _SATURDAY:
            continue
        if day in holidays:
            skipped.append(day)
            continue
        left -= 1
    return Deadline(day, tuple(skipped))


def compose(
    received: date | None, days: int | None, holidays: Collection[date], late: bool = False
) -> Answer:
    """The computed day, or the rule when the message does not give both numbers."""
    if received is None or not days or days > 365:
        return Answer(Outcome.GUIDED, (phrase("utter_deadline_rule"),))
    deadline = due(received, days, holidays, late)
    skipped = ", ".join(day.strftime("%d/%m") for day in deadline.skipped)
    return Answer(
        Outcome.ANSWERED,
        (
            phrase(
                "utter_deadline_result",
                start=received.strftime("%d/%m/%Y"),
                days=days,
                weekday=phrase(f"utter_weekday_{deadline.day.weekday()}"),
                end=deadline.day.strftime("%d/%m/%Y"),
                skipped=phrase("utter_deadline_skipped", days=skipped) if skipped else "",
            ),
        ),
    )
