"""When a dossier is due, what stops its clock, and what follows when it is late.

NĐ 118/2025/NĐ-CP Điều 17–19 (start, 15:00, restart, closing, apology); BLDS 91/2015/QH13 Điều 147–148
(first day not counted, a last day off moves on). The date on the receipt is the official one: what is
computed here is told beside it. Pure; times are local (UTC+7) and without zone.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.answers.working_days import WorkCalendar
from bot.catalogue.enums import TimeUnit
from bot.following.calendar import OfficeHours, add_days, add_months

FORWARDED_UNTIL = time(15)
"""What is received later moves at the start of the next working day (Điều 18.2)."""
ANSWER_HOURS = 8
"""Working hours until an online dossier is accepted or sent back (Điều 17.2)."""
SUPPLEMENT_DAYS = 15
"""Calendar days until a dossier that was asked back is closed (Điều 19.5)."""
REMIND_DAYS = (7, 12)
_LONGEST = 3650


@dataclass(frozen=True)
class Limit:
    """A processing time. ``value`` in units; no meaning for ``SAME_DAY``."""

    unit: TimeUnit
    value: float | None = None


@dataclass(frozen=True)
class AskedBack:
    """A request to complete the dossier; ``complete_at`` None while the citizen has not answered."""

    asked_on: date
    complete_at: datetime | None = None


@dataclass(frozen=True)
class Pause:
    """Waiting for a tax payment or another agency's letter: the days after ``begins`` up to and including
    ``ends`` are outside the limit; ``ends`` None while it lasts.
    """

    begins: date
    ends: date | None = None


@dataclass(frozen=True)
class Due:
    """The last day, with the hour where the limit is one of hours. ``begins``: the day counted from.
    ``skipped`` and ``worked``: holidays left out and swap days counted (limits in working days).
    """

    day: date
    begins: date
    hour: time | None = None
    skipped: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()


class Clock:
    """Computes due days with one calendar."""

    def __init__(self, calendar: WorkCalendar, hours: OfficeHours) -> None:
        self.calendar, self.hours = calendar, hours

    def due(
        self,
        received: datetime,
        limit: Limit,
        supplements: Sequence[AskedBack] = (),
        pauses: Sequence[Pause] = (),
    ) -> Due | None:
        """When a dossier received at that moment is due; None while its clock stands still, for a unit that
        is not known, and where the holidays of that time are not.
        """
        if any(asked.complete_at is None for asked in supplements) or any(p.ends is None for p in pauses):
            return None
        complete = [asked.complete_at for asked in supplements if asked.complete_at is not None]
        start = max((received, *complete))
        due = self._count(start, limit, lambda day: any(_within(day, pause) for pause in pauses))
        return due if due and self.calendar.covers(start.date(), due.day) else None

    def _count(self, start: datetime, limit: Limit, paused: Callable[[date], bool]) -> Due | None:
        calendar = self.calendar
        begins = calendar.begins(start.date(), late=start.time() > FORWARDED_UNTIL)
        if limit.unit is TimeUnit.SAME_DAY:
            return Due(begins, begins)
        value = limit.value
        if value is None or not 0 <= value <= _LONGEST:
            return None
        if limit.unit is TimeUnit.WORKING_DAY and float(value).is_integer():
            end = calendar.count(begins, int(value), paused)
            return Due(end.day, begins, None, end.skipped, end.worked)
        if limit.unit is TimeUnit.DAY:
            return Due(calendar.first_from(add_days(begins, math.ceil(value), paused)), begins)
        if limit.unit is TimeUnit.MONTH and float(value).is_integer():
            return Due(calendar.first_from(add_months(begins, int(value), paused)), begins)
        if limit.unit is TimeUnit.HOUR:
            return _of_hour(calendar, start.date(), start + timedelta(hours=value))
        if limit.unit in (TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY):
            # Half a working day is four hours of it.
            factor = self.hours.length if limit.unit is TimeUnit.WORKING_DAY else 1
            begin = self.hours.add(start, 0, calendar, paused)
            moment = self.hours.add(start, value * factor, calendar, paused)
            return Due(moment.date(), begin.date(), moment.time())
        return None

    def answer_by(self, registered: datetime) -> datetime:
        """Until when a dossier handed in online must be accepted or sent back."""
        return self.hours.add(registered, ANSWER_HOURS, self.calendar)

    def apology_by(self, due: date) -> date:
        """The last working day for a letter of apology with a new date: at least a day before ``due``
        (Điều 19.6).
        """
        return self.calendar.last_until(due - timedelta(days=1))

    def standing(self, due: date, today: date) -> "Standing":
        """How a dossier that is not finished stands on its due day."""
        if today > due:
            return Standing.OVERDUE
        if today == due:
            return Standing.TODAY
        return Standing.TOMORROW if today + timedelta(days=1) == due else Standing.RUNNING


class Standing(str, Enum):
    """Where a running dossier is with respect to the day it is due."""

    RUNNING = "running"
    TOMORROW = "tomorrow"
    TODAY = "today"
    OVERDUE = "overdue"


def closes_on(asked_on: date) -> date:
    """The last day to answer a request to complete the dossier. Not moved on when it is a day off: the
    system closes the dossier by itself, and earlier is safer.
    """
    return asked_on + timedelta(days=SUPPLEMENT_DAYS)


def reminders(asked_on: date) -> tuple[date, ...]:
    """Days on which to remind the citizen of such a request."""
    return tuple(asked_on + timedelta(days=days) for days in REMIND_DAYS)


def moved_too_often(appointments: int) -> bool:
    """Whether the date was moved more than the one time allowed (Điều 19.6); the first is no move."""
    return appointments > 2


def _within(day: date, pause: Pause) -> bool:
    return pause.ends is not None and pause.begins < day <= pause.ends


def _of_hour(calendar: WorkCalendar, begins: date, end: datetime) -> Due:
    day = calendar.first_from(end.date())
    return Due(day, begins, end.time() if day == end.date() else None)
