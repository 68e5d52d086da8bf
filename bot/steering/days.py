"""Counts of days: kept once a day is over, counted anew while it lasts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, literal, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import turn
from bot.database import insert_once
from bot.steering.counting import counting
from bot.steering.measure import Counted, Measure
from bot.steering.period import Period, bounds, day_of
from bot.steering.tables import count_day, counted_day

SETTLED_SECONDS = 3600.0
"""A message that came before midnight is answered by then."""
_Key = tuple[str, str, str]


def totals(connection: Connection, measure: Measure, period: Period) -> list[Counted]:
    """The counts of a measure over the whole period."""
    found: Counter[_Key] = Counter()
    table = count_day
    columns = (table.c.channel, table.c.a, table.c.b)
    query = select(*columns, func.sum(table.c.count)).where(*_kept(measure, period)).group_by(*columns)
    for channel, a, b, count in connection.execute(query):
        found[channel, a, b] += int(count)
    for day in _missing(connection, period):
        for channel, a, b, count in connection.execute(counting(measure, *bounds(day, period.zone))):
            found[channel, a, b] += count
    return [Counted(*key, count) for key, count in sorted(found.items())]


def daily(connection: Connection, measure: Measure, period: Period) -> list[Counted]:
    """The counts of each day and channel; ``a`` and ``b`` are added up."""
    found: Counter[tuple[date, str]] = Counter()
    table = count_day
    columns = (table.c.day, table.c.channel)
    query = select(*columns, func.sum(table.c.count)).where(*_kept(measure, period)).group_by(*columns)
    for day, channel, count in connection.execute(query):
        found[date.fromisoformat(day), channel] += int(count)
    for missing in _missing(connection, period):
        for channel, _, _, count in connection.execute(counting(measure, *bounds(missing, period.zone))):
            found[missing, channel] += count
    return [Counted(channel, "", "", count, day) for (day, channel), count in sorted(found.items())]


def unsettled(connection: Connection, zone: ZoneInfo, now: float) -> list[date]:
    """Days that are over, not counted yet and not before the first turn; the oldest first."""
    first = _first(connection, zone)
    last = day_of(now - SETTLED_SECONDS, zone) - timedelta(days=1)
    if first is None or last < first:
        return []
    known = set(connection.execute(select(counted_day.c.day)).scalars())
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.isoformat() not in known]


def settle(connection: Connection, day: date, zone: ZoneInfo, now: float) -> bool:
    """Count a day that is over and keep the counts; False when somebody else did."""
    if not insert_once(connection, counted_day, {"day": day.isoformat(), "counted_at": now}):
        return False
    for measure in Measure:
        found = counting(measure, *bounds(day, zone)).subquery()
        fixed = (literal(measure.value), literal(day.isoformat()))
        source = select(*fixed, found.c.channel, found.c.a, found.c.b, found.c.count)
        columns = ("measure", "day", "channel", "a", "b", "count")
        connection.execute(insert(count_day).from_select(columns, source))
    return True


def _kept(measure: Measure, period: Period) -> Sequence[object]:
    days = count_day.c.day.between(period.first.isoformat(), period.last.isoformat())
    return (count_day.c.measure == measure.value, days)


def _missing(connection: Connection, period: Period) -> list[date]:
    """Days of the period with turns and without kept counts."""
    begun = _first(connection, period.zone)
    if begun is None:
        return []
    between = counted_day.c.day.between(period.first.isoformat(), period.last.isoformat())
    known = set(connection.execute(select(counted_day.c.day).where(between)).scalars())
    return [day for day in period if begun <= day and day.isoformat() not in known]


def _first(connection: Connection, zone: ZoneInfo) -> date | None:
    at = connection.execute(select(func.min(turn.c.at))).scalar_one()
    return None if at is None else day_of(at, zone)
