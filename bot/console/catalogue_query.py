"""The list of procedures: what is asked for, and the rows of one page; read from tables alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import exists, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.amendments.states import AmendmentState
from bot.catalogue.enums import Handler, LevelValue, Scope
from bot.catalogue.tables import level_statement, procedure, procedure_version
from bot.catalogue.tables_amendments import amendment, record_check
from bot.catalogue.tables_context import contradiction

PAGE = 50
FRESH_DAYS = 30
NO_LEVEL = "none"
_MATCHES = 300
_WAITING = (AmendmentState.PROPOSED.value, AmendmentState.APPROVED.value)
Member = TypeVar("Member", bound=Enum)


@dataclass(frozen=True)
class Wanted:
    """Filters of the list. ``level``: a value, or ``NO_LEVEL``. ``curated``: None for both."""

    words: str = ""
    field: str = ""
    handler: Handler | None = None
    scope: Scope | None = None
    level: str = ""
    curated: bool | None = None
    stale: bool = False
    contradicting: bool = False
    amended: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """As in an address; what makes no sense there is left out."""
        level = query.get("level", "")
        return cls(
            words=" ".join(query.get("q", "").split())[:200],
            field=query.get("field", "")[:200],
            handler=_member(Handler, query.get("handler", "")),
            scope=_member(Scope, query.get("scope", "")),
            level=level if level in {NO_LEVEL, *(value.value for value in LevelValue)} else "",
            curated={"1": True, "0": False}.get(query.get("curated", "")),
            stale=query.get("stale") == "1",
            contradicting=query.get("contradicting") == "1",
            amended=query.get("amended") == "1",
        )

    def query(self) -> dict[str, str]:
        """For an address; ``of`` reads it back."""
        values = {
            "q": self.words,
            "field": self.field,
            "handler": self.handler.value if self.handler else "",
            "scope": self.scope.value if self.scope else "",
            "level": self.level,
            "curated": "" if self.curated is None else str(int(self.curated)),
            "stale": "1" if self.stale else "",
            "contradicting": "1" if self.contradicting else "",
            "amended": "1" if self.amended else "",
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class Line:
    """A procedure in the list. ``checked_on``: last day somebody compared it with its source."""

    code: str
    label: str
    field: str
    handler: Handler
    scope: Scope
    levels: tuple[LevelValue, ...]
    curated: bool
    checked_on: date | None
    contradictions: int
    amendments: int


@dataclass(frozen=True)
class Found:
    """One page of the list and how many there are in all."""

    lines: tuple[Line, ...]
    total: int


def find_lines(
    connection: Connection, wanted: Wanted, likely: Sequence[str], today: date, page: int
) -> Found:
    """Page ``page`` (from 0). ``likely``: codes the search found for the words, the likeliest first.

    With words: those, then procedures whose name or code has the words; without: all, by code.
    """
    conditions = _conditions(wanted, today)
    version = procedure_version.c
    columns = (
        procedure.c.id,
        procedure.c.code,
        version.name,
        version.short_name,
        version.field,
        version.handler,
        version.scope,
        version.curated,
        version.checked_on,
    )
    query = (
        select(*columns).join(procedure_version, version.procedure_id == procedure.c.id).where(*conditions)
    )
    if not wanted.words:
        total = _count(connection, conditions)
        rows = connection.execute(query.order_by(procedure.c.code).limit(PAGE).offset(page * PAGE)).all()
    else:
        pattern = f"%{_escaped(wanted.words)}%"
        matching = or_(
            procedure.c.code.in_(likely),
            procedure.c.code.like(f"{_escaped(wanted.words)}%", escape="\\"),
            version.name.ilike(pattern, escape="\\"),
            version.short_name.ilike(pattern, escape="\\"),
        )
        rank = {code: place for place, code in enumerate(likely)}
        found = connection.execute(query.where(matching).limit(_MATCHES)).all()
        found.sort(key=lambda row: (rank.get(row.code, len(rank)), row.code))
        total, rows = len(found), found[page * PAGE : (page + 1) * PAGE]
    return Found(_lines(connection, rows), total)


def _conditions(wanted: Wanted, today: date) -> list[Any]:
    version, code = procedure_version.c, procedure.c.code
    made: list[Any] = [version.superseded_at.is_(None)]
    if wanted.field:
        made.append(version.field == wanted.field)
    if wanted.handler:
        made.append(version.handler == wanted.handler.value)
    if wanted.scope:
        made.append(version.scope == wanted.scope.value)
    if wanted.curated is not None:
        made.append(version.curated.is_(wanted.curated))
    if wanted.level:
        stated = (level_statement.c.procedure_id == procedure.c.id) & level_statement.c.superseded_at.is_(
            None
        )
        if wanted.level == NO_LEVEL:
            made.append(~exists().where(stated))
        else:
            made.append(exists().where(stated, level_statement.c.value == wanted.level))
    if wanted.stale:
        since = today - timedelta(days=FRESH_DAYS)
        made.append(version.checked_on.is_(None) | (version.checked_on < since))
        checked = (record_check.c.code == code) & (record_check.c.day >= since.isoformat())
        made.append(~exists().where(checked))
    if wanted.contradicting:
        open_one = (contradiction.c.subject == code) & contradiction.c.resolved_at.is_(None)
        made.append(exists().where(open_one))
    if wanted.amended:
        made.append(exists().where(amendment.c.code == code, amendment.c.state.in_(_WAITING)))
    return made


def _count(connection: Connection, conditions: Sequence[Any]) -> int:
    version = procedure_version
    query = select(func.count()).select_from(
        procedure.join(version, version.c.procedure_id == procedure.c.id)
    )
    return int(connection.execute(query.where(*conditions)).scalar_one())


def _lines(connection: Connection, rows: Sequence[Any]) -> tuple[Line, ...]:
    codes, ids = [row.code for row in rows], [row.id for row in rows]
    level, order = level_statement.c, list(LevelValue)
    stated: dict[int, set[LevelValue]] = {}
    query = select(level.procedure_id, level.value).distinct()
    for one in connection.execute(query.where(level.procedure_id.in_(ids), level.superseded_at.is_(None))):
        stated.setdefault(one.procedure_id, set()).add(LevelValue(one.value))
    checks = _checks(connection, codes)
    disputed = _counted(connection, contradiction.c.subject, codes, contradiction.c.resolved_at.is_(None))
    amended = _counted(connection, amendment.c.code, codes, amendment.c.state.in_(_WAITING))
    return tuple(
        Line(
            code=row.code,
            label=row.short_name or row.name,
            field=row.field,
            handler=Handler(row.handler),
            scope=Scope(row.scope),
            levels=tuple(sorted(stated.get(row.id, ()), key=order.index)),
            curated=row.curated,
            checked_on=max(filter(None, (row.checked_on, checks.get(row.code))), default=None),
            contradictions=disputed.get(row.code, 0),
            amendments=amended.get(row.code, 0),
        )
        for row in rows
    )


def _checks(connection: Connection, codes: Collection[str]) -> dict[str, date]:
    query: Select = select(record_check.c.code, record_check.c.day).where(record_check.c.code.in_(codes))
    return {row.code: date.fromisoformat(row.day) for row in connection.execute(query)}


def _counted(connection: Connection, column: Any, codes: Collection[str], condition: Any) -> dict[str, int]:
    query = select(column, func.count()).where(column.in_(codes), condition).group_by(column)
    return dict(connection.execute(query).all())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _member(kind: type[Member], value: str) -> Member | None:
    return next((member for member in kind if member.value == value), None)
