"""Which days are worked, and counting them (Bộ luật Dân sự 91/2015/QH13 Điều 147–148)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """The last day of a count, the holidays on weekdays left out on the way, and the swap days counted."""

    day: date
    skipped: tuple[date, ...]
    worked: tuple[date, ...]


@dataclass(frozen=True)
class WorkCalendar:
    """The days of the State's offices. ``days_off``: holidays and announced days off. ``worked``: swap days,
    Saturdays or Sundays that are worked in place of one. Counter hours on other Saturdays are no working
    days. The lists are complete from ``since`` to ``until``.
    """

    days_off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    since: date = date.min
    until: date = date.max

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.days_off)

    def first_from(self, day: date) -> date:
        """That day if it is worked, else the next one that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def last_until(self, day: date) -> date:
        """That day if it is worked, else the last one before it that is."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def begins(self, day: date, late: bool = False) -> date:
        """The day on which what was handed in counts as handed in: the next working day for what came on a
        day off or ``late``, after 15:00 (NĐ 118/2025/NĐ-CP Điều 18.2). Were a Saturday to count as itself,
        it would be due before what came in the evening before.
        """
        if late and self.is_working(day):
            day += _DAY
        return self.first_from(day)

    def count(self, start: date, days: int, pauses: Callable[[date], bool] = lambda _: False) -> Counted:
        """Working days after ``start``, which is not counted; days for which ``pauses`` holds are not
        counted either.
        """
        skipped: list[date] = []
        worked: list[date] = []
        day = start
        while days > 0:
            day += _DAY
            if not self.is_working(day):
                if day.weekday() < _SATURDAY:
                    skipped.append(day)
                continue
            if pauses(day):
                continue
            if day.weekday() >= _SATURDAY:
                worked.append(day)
            days -= 1
        return Counted(day, tuple(skipped), tuple(worked))

    def between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and including ``last``."""
        days: Iterable[int] = range(1, (last - first).days + 1)
        return sum(self.is_working(first + timedelta(days=step)) for step in days)

    def covers(self, first: date, last: date) -> bool:
        """Whether the days off of that span are known."""
        return self.since <= first and last <= self.until
