"""How fresh the catalogue is. The figures are pure, over counted rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from bot.catalogue.enums import Scope
from bot.catalogue.tables import fee, level_statement, procedure, procedure_version
from bot.steering.figure import Figure, Kind, Row, share

FRESH_DAYS = 30
AHEAD_DAYS = 120


@dataclass(frozen=True)
class Checked:
    """Procedures of a scope. ``fresh``: checked against the source in the last ``FRESH_DAYS`` days;
    ``read``: taken over from it in those days, by nobody checked.
    """

    scope: Scope
    procedures: int
    fresh: int
    read: int


@dataclass(frozen=True)
class Expiring:
    """So many procedures with something of this ``kind`` that holds until ``last``."""

    kind: str
    last: date
    procedures: int


def freshness(checked: Sequence[Checked]) -> Figure:
    """Procedures checked, and those only read anew, of all in the catalogue."""
    rows = []
    for one in checked:
        rows += [
            share((one.scope.value, "checked"), one.fresh, one.procedures),
            share((one.scope.value, "read"), one.read, one.procedures),
        ]
    everything = sum(one.procedures for one in checked)
    return Figure("freshness", Kind.SHARE, ("scope", "freshness"), everything, tuple(rows), people=False)


def expiring(found: Sequence[Expiring], today: date) -> Figure:
    """What has ended, and what ends in the next ``AHEAD_DAYS`` days, by day."""
    rows = tuple(
        Row((one.kind, one.last.isoformat(), "ended" if one.last < today else "ends"), one.procedures)
        for one in sorted(found, key=lambda one: (one.last, one.kind))
        if one.last <= today + timedelta(days=AHEAD_DAYS)
    )
    counted = sum(row.count or 0 for row in rows)
    return Figure("expiring", Kind.COUNT, ("expiring", "date", "state"), counted, rows, people=False)


def count_checked(connection: Connection, today: date) -> list[Checked]:
    version = procedure_version
    since = today - timedelta(days=FRESH_DAYS)
    fresh = version.c.checked_on >= since
    read = (version.c.retrieved_on >= since) & (
        version.c.checked_on.is_(None) | (version.c.checked_on < since)
    )
    query = (
        select(
            version.c.scope,
            func.count(),
            func.sum(case((fresh, 1), else_=0)),
            func.sum(case((read, 1), else_=0)),
        )
        .where(*_newest())
        .group_by(version.c.scope)
        .order_by(version.c.scope)
    )
    return [Checked(Scope(scope), *map(int, counts)) for scope, *counts in connection.execute(query)]


def count_expiring(connection: Connection) -> list[Expiring]:
    """Fees, statements of levels and whole procedures with a last day."""
    version = procedure_version
    fees = (
        select(fee.c.valid_to, func.count(func.distinct(version.c.id)))
        .join(version, version.c.id == fee.c.version_id)
        .where(*_newest(), fee.c.valid_to.is_not(None))
        .group_by(fee.c.valid_to)
    )
    levels = (
        select(level_statement.c.valid_to, func.count(func.distinct(level_statement.c.procedure_id)))
        .where(level_statement.c.superseded_at.is_(None), level_statement.c.valid_to.is_not(None))
        .group_by(level_statement.c.valid_to)
    )
    whole = (
        select(version.c.valid_to, func.count(func.distinct(procedure.c.id)))
        .join(procedure, procedure.c.id == version.c.procedure_id)
        .where(version.c.superseded_at.is_(None), version.c.valid_to.is_not(None))
        .group_by(version.c.valid_to)
    )
    return [
        Expiring(kind, last, count)
        for kind, query in (("fee", fees), ("level", levels), ("procedure", whole))
        for last, count in connection.execute(query)
    ]


def _newest() -> tuple[object, ...]:
    return (procedure_version.c.superseded_at.is_(None),)
