"""The programme that moves services to higher levels. The figures are pure, over counted rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from bot.catalogue.enums import LevelScheme, LevelValue, Scope
from bot.catalogue.tables import level_statement, procedure, procedure_version
from bot.steering.figure import Figure, Kind, Row, share
from bot.steering.measure import Counted
from bot.text import fold

CANDIDATES = 50


class Level(str, Enum):
    """Published level of a procedure on the scale of 2022, over all agencies and variants."""

    FULL = "full"
    PARTIAL = "partial"
    MIXED = "mixed"
    """It differs by agency or variant."""
    INFORMATION = "information"
    NONE = "none"
    """No statement was published: what is offered is not known."""


@dataclass(frozen=True)
class Stated:
    """A procedure in force in the province and its level."""

    code: str
    name: str
    field: str
    level: Level


@dataclass(frozen=True)
class Offered:
    """So many procedures an agency states a level of."""

    agency: str
    level: Level
    procedures: int


def by_field(stated: Sequence[Stated]) -> Figure:
    """Each level's share of the procedures in force in a field, the largest field first; then of all."""
    found = Counter((one.field, one.level) for one in stated)
    return _levels("levels_field", "field", Counter(one.field for one in stated), found)


def by_agency(offered: Sequence[Offered]) -> Figure:
    """Each level's share of the procedures an agency states a level of. A procedure of several agencies
    counts at each: no total.
    """
    found, sizes = Counter[tuple[str, Level]](), Counter[str]()
    for one in offered:
        found[one.agency, one.level] += one.procedures
        sizes[one.agency] += one.procedures
    return _levels("levels_agency", "agency", sizes, found)


def overall(stated: Sequence[Stated]) -> Figure:
    """Each level's share of the procedures in force in the province."""
    found = Counter(one.level for one in stated)
    rows = tuple(share((level.value,), found[level], len(stated)) for level in Level)
    return Figure("levels", Kind.SHARE, ("level",), len(stated), rows, parts=True, people=False)


def candidates(stated: Sequence[Stated], asked: Iterable[Counted]) -> Figure:
    """Procedures not full yet that citizens ask about most: candidates for the next upgrade."""
    counts = Counter[str]()
    for row in asked:
        counts[row.a] += row.count
    open_ones = [one for one in stated if one.level is not Level.FULL and counts[one.code]]
    ordered = sorted(open_ones, key=lambda one: (-counts[one.code], one.code))[:CANDIDATES]
    rows = tuple(Row((one.code, one.field, one.level.value), counts[one.code]) for one in ordered)
    asked_about = sum(counts[one.code] for one in open_ones)
    return Figure("candidates", Kind.COUNT, ("procedure", "field", "level"), asked_about, rows)


def read_stated(connection: Connection) -> list[Stated]:
    """Every procedure in force in the province, by code."""
    version, levels = procedure_version, _levels_by(level_statement.c.procedure_id)
    query = (
        select(procedure.c.code, version.c.short_name, version.c.name, version.c.field, levels.c.kinds)
        .select_from(
            version.join(procedure, procedure.c.id == version.c.procedure_id).outerjoin(
                levels, levels.c.procedure_id == version.c.procedure_id
            )
        )
        .where(version.c.superseded_at.is_(None), version.c.scope == Scope.IN_FORCE.value)
        .order_by(procedure.c.code)
    )
    return [
        Stated(code, short or name, field, _LEVELS[kinds or 0])
        for code, short, name, field, kinds in connection.execute(query)
    ]


def count_offered(connection: Connection) -> list[Offered]:
    """Procedures in force by agency and level."""
    levels = _levels_by(level_statement.c.procedure_id, level_statement.c.agency_code)
    here = select(procedure_version.c.procedure_id).where(
        procedure_version.c.superseded_at.is_(None), procedure_version.c.scope == Scope.IN_FORCE.value
    )
    query = (
        select(levels.c.agency_code, levels.c.kinds, func.count())
        .where(levels.c.procedure_id.in_(here))
        .group_by(levels.c.agency_code, levels.c.kinds)
    )
    return [Offered(agency, _LEVELS[kinds], count) for agency, kinds, count in connection.execute(query)]


def stated_on(connection: Connection) -> date | None:
    """The day of the newest statement."""
    query = select(func.max(level_statement.c.stated_on)).where(level_statement.c.superseded_at.is_(None))
    found: date | None = connection.execute(query).scalar_one()
    return found


_BITS = {LevelValue.FULL: 1, LevelValue.PARTIAL: 2, LevelValue.INFORMATION: 4}
_LEVELS: Mapping[int, Level] = {
    0: Level.NONE,
    1: Level.FULL,
    2: Level.PARTIAL,
    4: Level.INFORMATION,
    **dict.fromkeys((3, 5, 6, 7), Level.MIXED),
}


def _levels_by(*keys: object) -> Any:
    """Statements by these columns; ``kinds``: the sum of the bits of the levels among them."""
    value = level_statement.c.value
    kinds = sum(func.max(case((value == level.value, bit), else_=0)) for level, bit in _BITS.items())
    return (
        select(*keys, kinds.label("kinds"))
        .where(level_statement.c.superseded_at.is_(None), level_statement.c.scheme == LevelScheme.S2022.value)
        .group_by(*keys)
        .subquery()
    )


def _levels(key: str, dimension: str, sizes: Counter[str], found: Counter[tuple[str, Level]]) -> Figure:
    rows = tuple(
        share((name, level.value), found[name, level], size)
        for name, size in sorted(sizes.items(), key=lambda item: (-item[1], fold(item[0])))
        for level in Level
        if found[name, level]
    )
    return Figure(key, Kind.SHARE, (dimension, "level"), sum(sizes.values()), rows, people=False)
