"""When staff are to be there."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from bot.answers.working_days import WorkCalendar
from bot.control.hours import Described, current
from bot.handoffs.hours import Hours, hours_from, is_open, next_opening
from bot.knowledge_source import days_off, read_yaml


@dataclass(frozen=True)
class Office:
    """Office hours and holidays of those who answer; times are POSIX seconds."""

    hours: Hours
    holidays: WorkCalendar

    @property
    def zone(self) -> ZoneInfo:
        """Where staff are."""
        return self.hours.zone

    def is_open(self, now: float) -> bool:
        """Whether staff are to be there at that moment."""
        return is_open(now, self.hours, self.holidays)

    def opens(self, now: float) -> datetime | None:
        """The next opening in local time; None when it is too far away to be known."""
        found = next_opening(now, self.hours, self.holidays)
        return datetime.fromtimestamp(found, self.zone) if found is not None else None

    def in_hours(self, now: float, seconds: float) -> float:
        """``seconds`` from now, or from the next opening where nobody is there now."""
        opening = None if self.is_open(now) else self.opens(now)
        return (opening.timestamp() if opening else now) + seconds


@dataclass(frozen=True)
class Timetable:
    """Where the hours stand: those set in the console, else the ``shipped`` ones."""

    shipped: Described
    zone: ZoneInfo
    holidays: WorkCalendar

    def read(self, connection: Connection) -> Office:
        """The office as it is run now."""
        return Office(current(connection, self.shipped, self.zone), self.holidays)


def read_timetable(data_dir: Path, time_zone: str, now: float) -> Timetable:
    """``console/hours.yaml`` and ``holidays.yaml``. Raises ``ValueError`` for hours badly written."""
    zone = ZoneInfo(time_zone)
    shipped = read_yaml(data_dir / "console" / "hours.yaml")
    hours_from(shipped, zone)
    year = datetime.fromtimestamp(now, zone).year
    return Timetable(shipped, zone, days_off(read_yaml(data_dir / "holidays.yaml"), year))
