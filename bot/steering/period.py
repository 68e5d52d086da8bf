"""The days a figure is about. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

LONGEST_DAYS = 1100
_MOST_DAYS, _MOST_WEEKS_DAYS = 62, 400


class Step(str, Enum):
    """How a period is divided where it is shown over time."""

    DAY = "day"
    WEEK = "week"
    """From Monday; the first may begin before the period."""
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both in it, as they pass in ``zone``.

    Raises ``ValueError`` when it ends before it begins or is longer than ``LONGEST_DAYS``.
    """

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not 0 < self.length <= LONGEST_DAYS:
            raise ValueError(f"not a period: {self.first} to {self.last}")

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> float:
        """POSIX seconds of its first moment."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> float:
        """POSIX seconds of the first moment after it."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def step(self) -> Step:
        if self.length <= _MOST_DAYS:
            return Step.DAY
        return Step.WEEK if self.length <= _MOST_WEEKS_DAYS else Step.MONTH

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.length))

    def bucket(self, day: date) -> date:
        """The first day of the part of the period that this day belongs to."""
        if self.step is Step.DAY:
            return day
        return day - timedelta(days=day.weekday()) if self.step is Step.WEEK else day.replace(day=1)

    def buckets(self) -> list[date]:
        """The parts of the period in order."""
        return sorted({self.bucket(day) for day in self})

    def before(self) -> "Period":
        """As many days, just before."""
        return Period(self.first - timedelta(days=self.length), self.first - timedelta(days=1), self.zone)

    def crossed(self, breaks: Iterable[date]) -> list[date]:
        """The days from which on numbers mean something else and that lie inside this period."""
        return [day for day in breaks if self.first < day <= self.last]


def bounds(day: date, zone: ZoneInfo) -> tuple[float, float]:
    """First moment of a day and of the next one, in POSIX seconds."""
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def day_of(at: float, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


def _midnight(day: date, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(), zone).timestamp()
