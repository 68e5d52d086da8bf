"""A record over time: its versions, what each of them changed, and which import brought it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.catalogue import tables as t
from bot.catalogue.diffing import FieldChange, changes
from bot.catalogue.records import Procedure
from bot.catalogue.repository import load_procedures
from bot.catalogue.rows import procedure_from
from bot.catalogue.tables_context import agency, contradiction, import_run

_PARTS = (t.procedure_case, t.paper, t.fee, t.form, t.alias)


@dataclass(frozen=True)
class Version:
    """``corrected``: it was wrong and never held. ``changes``: against the version before, without levels."""

    number: int
    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    superseded_at: datetime | None
    source: str
    run_id: int
    changes: tuple[FieldChange, ...]
    corrected: bool = False


def present(connection: Connection, code: str) -> Procedure | None:
    """The record citizens get; None when there is none today."""
    return next(iter(load_procedures(connection, None, (code,))), None)


def versions(connection: Connection, code: str) -> list[Version]:
    """All versions of a procedure, the newest first; empty for an unknown code."""
    version = t.procedure_version
    query = (
        select(version, t.procedure.c.code, import_run.c.source)
        .join(t.procedure, version.c.procedure_id == t.procedure.c.id)
        .join(import_run, version.c.import_run_id == import_run.c.id)
        .where(t.procedure.c.code == code)
        .order_by(version.c.version_no)
    )
    rows = list(connection.execute(query).mappings())
    parts = {table.name: _parts(connection, table, [row["id"] for row in rows]) for table in _PARTS}
    found: list[Version] = []
    before: Procedure | None = None
    for row in rows:
        record = procedure_from(row, {name: of.get(row["id"], ()) for name, of in parts.items()}, ())
        found.append(
            Version(
                number=row["version_no"],
                valid_from=row["effective_from"],
                valid_to=row["valid_to"],
                recorded_at=row["recorded_at"],
                superseded_at=row["superseded_at"],
                source=row["source"],
                run_id=row["import_run_id"],
                changes=changes(before, record) if before else (),
            )
        )
        before = record
    return _judged(found)[::-1]


def _judged(found: list[Version]) -> list[Version]:
    """Say which were wrong: what follows says something else for the same days. A newer day of a check of
    the source corrects nothing.
    """
    told = [any(change.field != "source" for change in version.changes) for version in found]
    return [
        replace(version, corrected=version.superseded_at is not None and version.valid_to is None and later)
        for version, later in zip(found, [*told, False][1:], strict=True)
    ]


def last_known(connection: Connection, code: str) -> str:
    """The name a procedure had last; empty for an unknown code."""
    version = t.procedure_version.c
    query = select(version.name).join(t.procedure, version.procedure_id == t.procedure.c.id)
    newest = query.where(t.procedure.c.code == code).order_by(version.version_no.desc()).limit(1)
    return str(connection.execute(newest).scalar() or "")


def disputes(connection: Connection, code: str) -> list[tuple[str, str, datetime]]:
    """Open contradictions: kind, the words that disagree, since when it is known."""
    table = contradiction.c
    query = select(table.kind, table.evidence, table.found_at).where(
        table.subject == code, table.resolved_at.is_(None)
    )
    return [(row.kind, row.evidence, row.found_at) for row in connection.execute(query.order_by(table.id))]


def agency_names(connection: Connection, procedure: Procedure | None) -> dict[str, str]:
    """Names of the agencies that state levels of a procedure, by code."""
    codes = {code for statement in procedure.levels for code in statement.agencies} if procedure else set()
    if not codes:
        return {}
    query = select(agency.c.code, agency.c.name)
    current = query.where(agency.c.code.in_(sorted(codes)), agency.c.superseded_at.is_(None))
    return {row.code: row.name for row in connection.execute(current)}


def _parts(connection: Connection, table: Any, ids: list[int]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    query = select(table).where(table.c.version_id.in_(ids)).order_by(table.c.version_id, table.c.position)
    for row in connection.execute(query).mappings():
        found.setdefault(row["version_id"], []).append(row)
    return found
