"""The hours in which nobody is written to. Pure: the caller tells time and zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

MORNING = time(8)
"""When reminders of a day are due."""


@dataclass(frozen=True)
class QuietHours:
    """From ``start`` (quiet) to ``end`` (allowed again) on the clock of ``zone``; over midnight when
    ``start`` is the later of the two, never when they are equal.
    """

    start: time
    end: time
    zone: tzinfo

    def next_allowed(self, at: float) -> float:
        """The first moment from ``at`` on, in POSIX seconds, that is not quiet."""
        local = datetime.fromtimestamp(at, self.zone)
        clock = local.timetz().replace(tzinfo=None)
        if not self._is_quiet(clock):
            return at
        # What is quiet since last evening ends today, what begins this evening tomorrow.
        over_midnight = self.start > self.end and clock >= self.start
        return self.moment(local.date() + timedelta(days=over_midnight), self.end)

    def day(self, at: float) -> date:
        """The calendar day of a moment."""
        return datetime.fromtimestamp(at, self.zone).date()

    def moment(self, day: date, clock: time = MORNING) -> float:
        """POSIX seconds of a time on a day."""
        return datetime.combine(day, clock, self.zone).timestamp()

    def clock(self, at: float) -> time:
        """The time of day of a moment, without seconds."""
        return datetime.fromtimestamp(at, self.zone).time().replace(second=0, microsecond=0)

    def _is_quiet(self, clock: time) -> bool:
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def quiet_hours(start: str, end: str, zone: tzinfo) -> QuietHours:
    """From settings: "21:00", "07:00". Raises ``ValueError`` for what is no time of day."""
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end), zone)
