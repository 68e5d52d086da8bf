"""What the catalogue has changed last in a record."""

from dataclasses import dataclass
from datetime import timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.catalogue.tables import level_statement, procedure
from bot.catalogue.tables_context import catalogue_revision
from bot.console.record_versions import versions

_LEVELS = "levels"
_STATED = (
    level_statement.c.agency_code,
    level_statement.c.scheme,
    level_statement.c.value,
    level_statement.c.service_code,
    level_statement.c.variant,
    level_statement.c.submit_url,
    level_statement.c.reason,
    level_statement.c.trial,
)


@dataclass(frozen=True)
class Changed:
    """``revision`` of the catalogue that brought it, ``at`` a moment in POSIX seconds; ``fields``: names of
    ``Procedure`` that differ since.
    """

    revision: int
    at: float
    fields: tuple[str, ...]


def last_change(connection: Connection, code: str) -> Changed | None:
    """What the newest import that touched a record changed in it; None for one that never changed.

    A new list that states the same levels anew changes nothing.
    """
    known = versions(connection, code)
    if not known:
        return None
    newest = known[0]
    levels_run = _run_of_levels(connection, code)
    run_id = max(newest.run_id, levels_run)
    fields = tuple(change.field for change in newest.changes) if run_id == newest.run_id else ()
    was_there = len(known) > 1 or run_id > newest.run_id
    if levels_run == run_id and was_there and _differ(connection, code, run_id):
        fields = (*fields, _LEVELS)
    query = select(catalogue_revision).where(catalogue_revision.c.import_run_id == run_id)
    revision = connection.execute(query.order_by(catalogue_revision.c.id.desc()).limit(1)).one_or_none()
    if revision is None or not fields:
        return None
    # SQLite gives times back without their zone.
    made_at = revision.made_at if revision.made_at.tzinfo else revision.made_at.replace(tzinfo=timezone.utc)
    return Changed(revision.id, made_at.timestamp(), fields)


def _run_of_levels(connection: Connection, code: str) -> int:
    """The import that stated levels of a procedure last; 0 for none."""
    query = select(func.max(level_statement.c.import_run_id)).select_from(_of_procedures())
    return int(connection.execute(query.where(procedure.c.code == code)).scalar() or 0)


def _differ(connection: Connection, code: str, run_id: int) -> bool:
    """Whether the levels an import stated are others than those it ended."""
    stated = select(*_STATED, level_statement.c.recorded_at).select_from(_of_procedures())
    here = stated.where(procedure.c.code == code)
    new = connection.execute(here.where(level_statement.c.import_run_id == run_id)).all()
    moment = new[0].recorded_at
    old = connection.execute(here.where(level_statement.c.superseded_at == moment)).all()
    return {tuple(row)[:-1] for row in new} != {tuple(row)[:-1] for row in old}


def _of_procedures() -> Any:
    return level_statement.join(procedure, procedure.c.id == level_statement.c.procedure_id)
