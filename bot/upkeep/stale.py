"""Which records nobody has compared with their source lately: a work list, the most asked for first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from bot.catalogue.enums import Handler
from bot.catalogue.tables import procedure, procedure_version
from bot.catalogue.tables_amendments import record_check
from bot.steering.freshness import FRESH_DAYS
from bot.upkeep.demand import demand


@dataclass(frozen=True)
class Stale:
    """A record to look at. ``asked``: turns about it in the last 30 days; ``checked_on``: the last comparison
    with the source by a person, None for never; ``checked_by``: their account, where it was done here;
    ``read_on``: when the source was read.
    """

    code: str
    label: str
    handler: Handler
    authority: str
    asked: int
    popularity: int
    checked_on: date | None
    checked_by: int | None
    read_on: date | None


@dataclass(frozen=True)
class Share:
    """``stale`` of the ``procedures`` ``handler`` answers for; ``asked``: turns about the stale ones."""

    handler: Handler
    procedures: int
    stale: int
    asked: int


def stale(
    connection: Connection,
    today: date,
    now: float,
    handler: Handler | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Stale]:
    """The most asked for first, then the most popular; of one ``handler`` or of all."""
    version, asked = procedure_version.c, demand(procedure.c.code, now).label("asked")
    query = (
        select(
            procedure.c.code,
            version.name,
            version.short_name,
            version.handler,
            version.authority,
            asked,
            version.popularity,
            version.checked_on,
            version.retrieved_on,
            record_check.c.day,
            record_check.c.account_id,
        )
        .select_from(_joined())
        .where(version.superseded_at.is_(None), _is_stale(today))
        .order_by(asked.desc(), version.popularity.desc(), procedure.c.code)
        .limit(limit)
        .offset(offset)
    )
    if handler is not None:
        query = query.where(version.handler == handler.value)
    return [_stale(row) for row in connection.execute(query)]


def shares(connection: Connection, today: date, now: float) -> list[Share]:
    """For each who answers for records, the one with the most asked for stale ones first."""
    each = (
        select(
            procedure_version.c.handler,
            case((_is_stale(today), 1), else_=0).label("stale"),
            case((_is_stale(today), demand(procedure.c.code, now)), else_=0).label("asked"),
        )
        .select_from(_joined())
        .where(procedure_version.c.superseded_at.is_(None))
        .subquery()
    )
    query = select(each.c.handler, func.count(), func.sum(each.c.stale), func.sum(each.c.asked)).group_by(
        each.c.handler
    )
    found = [Share(Handler(name), *map(int, counts)) for name, *counts in connection.execute(query)]
    return sorted(found, key=lambda one: (-one.asked, -one.stale, one.handler.value))


def total(found: Sequence[Share]) -> tuple[int, int]:
    """Stale records, and all of them."""
    return sum(one.stale for one in found), sum(one.procedures for one in found)


def _joined() -> Any:
    here = record_check.c.code == procedure.c.code
    of_version = procedure_version.c.procedure_id == procedure.c.id
    return procedure.join(procedure_version, of_version).outerjoin(record_check, here)


def _is_stale(today: date) -> Any:
    """Neither the record nor the desk knows of a check in the last ``FRESH_DAYS`` days."""
    since = today - timedelta(days=FRESH_DAYS)
    checked, day = procedure_version.c.checked_on, record_check.c.day
    return (checked.is_(None) | (checked < since)) & (day.is_(None) | (day < since.isoformat()))


def _stale(row: Any) -> Stale:
    here = date.fromisoformat(row.day) if row.day else None
    known = [day for day in (row.checked_on, here) if day is not None]
    last = max(known, default=None)
    return Stale(
        code=row.code,
        label=row.short_name or row.name,
        handler=Handler(row.handler),
        authority=row.authority,
        asked=int(row.asked),
        popularity=row.popularity,
        checked_on=last,
        checked_by=row.account_id if here is not None and here == last else None,
        read_on=row.retrieved_on,
    )
