"""When a result is due, in working days (NĐ 118/2025/NĐ-CP Điều 17–18; Bộ luật Dân sự 2015 Điều 147–148)."""

from datetime import date

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.working_days import WorkCalendar


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
