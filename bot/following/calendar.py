"""Counting hours, calendar days and months over the days offices work. Pure; times are local (UTC+7)."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.answers.working_days import WorkCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeHours:
    """Spans of an ordinary working day in order, ``(from, to)``; 8 hours together by default."""

    spans: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13), time(17)))

    def add(
        self,
        moment: datetime,
        hours: float,
        calendar: WorkCalendar,
        pauses: Callable[[date], bool] = lambda _: False,
    ) -> datetime:
        """The moment at which ``hours`` (0 or more) of office time have passed. What begins outside office
        hours begins when they do.
        """
        left = timedelta(hours=hours)
        day = moment.date()
        while True:
            if calendar.is_working(day) and not pauses(day):
                for opens, closes in self.spans:
                    begins = max(moment, datetime.combine(day, opens))
                    room = datetime.combine(day, closes) - begins
                    if room > timedelta(0):
                        if left <= room:
                            return begins + left
                        left -= room
            day += _DAY

    @property
    def length(self) -> float:
        """Hours of a working day."""
        day = date.min
        spans = (datetime.combine(day, closes) - datetime.combine(day, opens) for opens, closes in self.spans)
        return sum(spans, timedelta(0)) / timedelta(hours=1)


def add_days(start: date, days: int, pauses: Callable[[date], bool] = lambda _: False) -> date:
    """Calendar days after ``start``, which is not counted (BLDS Điều 147); paused days are not either."""
    day = start
    while days > 0:
        day += _DAY
        days -= not pauses(day)
    return day


def add_months(start: date, months: int, pauses: Callable[[date], bool] = lambda _: False) -> date:
    """The same day of a later month, or its last day where it has no such day (BLDS Điều 148.3), moved on by
    the paused days on the way.
    """
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    end = date(year, month, min(start.day, monthrange(year, month)[1]))
    paused = sum(pauses(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))
    return add_days(end, paused, pauses)
