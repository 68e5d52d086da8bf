"""Until when a request about data must be confirmed and carried out. Pure; times are POSIX seconds in UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.answers.working_days import WorkCalendar
from bot.privacy.kinds import ACKNOWLEDGE_DAYS, ANSWER_DAYS, RequestKind


class UnknownDaysError(ValueError):
    """The days off of that time are not known yet: no date can be promised."""


@dataclass(frozen=True)
class Clocks:
    """The ends of the last days: the first moments that are too late."""

    acknowledge_due_at: float
    answer_due_at: float


def clocks(kind: RequestKind, received_at: float, zone: ZoneInfo, calendar: WorkCalendar) -> Clocks:
    """The day of receipt is not counted. Confirming counts working days, carrying out calendar days; a last
    day off moves to the next working day (Bộ luật Dân sự 91/2015/QH13 Điều 147–148).

    Raises ``UnknownDaysError``.
    """
    day = datetime.fromtimestamp(received_at, zone).date()
    confirmed = calendar.count(day, ACKNOWLEDGE_DAYS).day
    return Clocks(
        _end(_known(day, confirmed, calendar), zone),
        _after(day, ANSWER_DAYS[kind], zone, calendar),
    )


def extended(kind: RequestKind, answer_due_at: float, zone: ZoneInfo, calendar: WorkCalendar) -> float:
    """The end of the last day after the one extension there may be. Raises ``UnknownDaysError``."""
    last = (datetime.fromtimestamp(answer_due_at, zone) - timedelta(seconds=1)).date()
    return _after(last, ANSWER_DAYS[kind], zone, calendar)


def _after(day: date, days: int, zone: ZoneInfo, calendar: WorkCalendar) -> float:
    last = calendar.first_from(day + timedelta(days=days))
    return _end(_known(day, last, calendar), zone)


def _known(first: date, last: date, calendar: WorkCalendar) -> date:
    if not calendar.covers(first, last):
        raise UnknownDaysError
    return last


def _end(day: date, zone: ZoneInfo) -> float:
    return datetime.combine(day + timedelta(days=1), time(), zone).timestamp()
