"""When staff answer. Pure: hours and holidays are given; ``now`` is POSIX seconds in UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.working_days import WorkCalendar

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HORIZON_DAYS = 30
"""Holidays of Vietnam are shorter; an opening further away is none to promise."""
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Block:
    """A span of one day in minutes after midnight; ``closes`` is not in it any more, at most 1440."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """``weekdays``: blocks of Monday to Sunday, in order. ``swap_day``: those of a Saturday or Sunday worked
    in place of a day off. ``special``: days with blocks of their own, none when closed.
    """

    zone: ZoneInfo
    weekdays: tuple[tuple[Block, ...], ...]
    swap_day: tuple[Block, ...]
    special: Mapping[date, tuple[Block, ...]]

    def blocks(self, day: date, holidays: WorkCalendar) -> tuple[Block, ...]:
        """The blocks of a day: special days count before swap days, these before holidays and weekdays."""
        if day in self.special:
            return self.special[day]
        if day in holidays.worked:
            return self.swap_day
        return () if day in holidays.days_off else self.weekdays[day.weekday()]


def hours_from(described: Mapping[str, Any], zone: ZoneInfo) -> Hours:
    """The hours a file like ``data/console/hours.yaml`` describes.

    Raises ``ValueError`` with the place where blocks are badly written, overlap or are out of order, a
    weekday is missing or unknown, or a special day stands twice.
    """
    weekdays = described["weekdays"]
    if set(weekdays) != set(_WEEKDAYS):
        raise ValueError("weekdays")
    special: dict[date, tuple[Block, ...]] = {}
    for row in described.get("special") or ():
        day = row["date"]
        if not isinstance(day, date) or day in special:
            raise ValueError(f"special {day}")
        special[day] = _blocks(row["open"], str(day))
    return Hours(
        zone=zone,
        weekdays=tuple(_blocks(weekdays[name], name) for name in _WEEKDAYS),
        swap_day=_blocks(described["swap_day"], "swap_day"),
        special=special,
    )


def is_open(now: float, hours: Hours, holidays: WorkCalendar) -> bool:
    """Whether staff are to be there at that moment."""
    return closing(now, hours, holidays) is not None


def closing(now: float, hours: Hours, holidays: WorkCalendar) -> float | None:
    """When the block that is open at that moment closes; None when none is."""
    today = datetime.fromtimestamp(now, hours.zone).date()
    for block in hours.blocks(today, holidays):
        if _moment(today, block.opens, hours.zone) <= now < _moment(today, block.closes, hours.zone):
            return _moment(today, block.closes, hours.zone)
    return None


def next_opening(now: float, hours: Hours, holidays: WorkCalendar) -> float | None:
    """When the next block after that moment opens. None when there is none within 30 days, or it lies where
    the holidays are not known.
    """
    today = datetime.fromtimestamp(now, hours.zone).date()
    for ahead in range(_HORIZON_DAYS + 1):
        day = today + timedelta(days=ahead)
        if not holidays.covers(day, day):
            return None
        for block in hours.blocks(day, holidays):
            opens = _moment(day, block.opens, hours.zone)
            if opens > now:
                return opens
    return None


def opened_between(since: float, until: float, hours: Hours, holidays: WorkCalendar) -> float:
    """Seconds between two moments in which staff were to be there."""
    day, last = (datetime.fromtimestamp(moment, hours.zone).date() for moment in (since, until))
    seconds = 0.0
    while day <= last:
        for block in hours.blocks(day, holidays):
            opens, closes = (_moment(day, minutes, hours.zone) for minutes in (block.opens, block.closes))
            seconds += max(0.0, min(until, closes) - max(since, opens))
        day += timedelta(days=1)
    return seconds


def _moment(day: date, minutes: int, zone: ZoneInfo) -> float:
    midnight = datetime.combine(day + timedelta(days=minutes // _DAY_MINUTES), time(), zone)
    return (midnight + timedelta(minutes=minutes % _DAY_MINUTES)).timestamp()


def _blocks(written: Sequence[Sequence[str]], place: str) -> tuple[Block, ...]:
    """Blocks of ``[["07:30", "11:30"], …]``; "24:00" is the end of the day."""
    found: list[Block] = []
    for row in written:
        if len(row) != 2:
            raise ValueError(place)
        block = Block(_minutes(row[0], place), _minutes(row[1], place))
        if block.opens >= block.closes or (found and block.opens < found[-1].closes):
            raise ValueError(place)
        found.append(block)
    return tuple(found)


def _minutes(written: str, place: str) -> int:
    if written == "24:00":
        return _DAY_MINUTES
    try:
        clock = time.fromisoformat(written)
    except (TypeError, ValueError):
        raise ValueError(place) from None
    return clock.hour * 60 + clock.minute
