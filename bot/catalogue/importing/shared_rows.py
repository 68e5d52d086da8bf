"""Rows beside the procedures as editors want them: laid over every import, and changed one at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue import tables_context as c
from bot.catalogue.contradictions import find_in_statistics
from bot.catalogue.importing.findings import store
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.shared_tables import (
    KEYS,
    ChangeState,
    Overlaid,
    SharedTable,
    Standing,
    key_of,
    overlay,
    record_of,
    typed,
)
from bot.catalogue.statistics import Statistic
from bot.catalogue.tables_changes import table_change

TABLES: Mapping[SharedTable, Table] = {
    SharedTable.AGENCY: c.agency,
    SharedTable.UNIT: c.admin_unit,
    SharedTable.SUCCESSION: c.unit_succession,
    SharedTable.STATISTIC: c.statistic,
}
_LOCK = 7_403
_KEPT = ("id", "recorded_at", "superseded_at")


def laid_over(connection: Connection, table: SharedTable, rows: Sequence[Mapping[str, Any]]) -> Overlaid:
    """Rows of the source with the changes in force; writes nothing."""
    here = (table_change.c.table == table.value) & (table_change.c.state == ChangeState.IN_FORCE.value)
    columns = (table_change.c.id, table_change.c.key, table_change.c.patch, table_change.c.base)
    changes = [Standing(*row) for row in connection.execute(select(*columns).where(here))]
    return overlay(table, rows, changes)


def kept_over(
    connection: Connection, table: SharedTable, rows: Sequence[Mapping[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """``laid_over`` for an import: ends what the source says itself by now, notes what it has instead."""
    one_at_a_time(connection)
    laid = laid_over(connection, table, rows)
    for change_id in laid.absorbed:
        values = {"state": ChangeState.ABSORBED.value, "ended_at": now.timestamp()}
        connection.execute(update(table_change).where(table_change.c.id == change_id).values(values))
    for change_id, base in laid.bases.items():
        connection.execute(update(table_change).where(table_change.c.id == change_id).values(base=base))
    return laid.rows


def believed(connection: Connection, statistics: Sequence[Statistic]) -> list[Statistic]:
    """Published figures with the changes of editors in them."""
    rows = [{name: getattr(item, name) for name in item.__struct_fields__} for item in statistics]
    laid = laid_over(connection, SharedTable.STATISTIC, rows).rows
    return [Statistic(**row) for row in laid]


def standing_row(connection: Connection, table: SharedTable, key: str) -> dict[str, Any] | None:
    """The row as it is believed now; None when there is none."""
    source, first = TABLES[table], key.split("|")[0]
    here = (source.c[KEYS[table][0]] == first) & source.c.superseded_at.is_(None)
    rows = connection.execute(select(source).where(here)).mappings()
    return next(({str(name): row[name] for name in row} for row in rows if key_of(table, row) == key), None)


def replace_row(
    connection: Connection,
    table: SharedTable,
    row: Mapping[str, Any],
    patch: Mapping[str, Any],
    now: datetime,
) -> int:
    """End a standing row and put the changed one in its place; number of the catalogue's new revision.

    ``patch``: plain values. Raises ``ValueError`` when the changed row makes no sense.
    """
    source = TABLES[table]
    values = {str(name): value for name, value in row.items() if name not in _KEPT} | typed(patch)
    record = record_of(table, values)
    connection.execute(update(source).where(source.c.id == row["id"]).values(superseded_at=now))
    connection.execute(insert(source).values(**values, recorded_at=now))
    report = ImportReport((), (), 0, (), (), (), other_changes=1, revision=0)
    done = {"started_at": now, "finished_at": now, "state": report.state.value, "counts": report.counts()}
    run = {**done, "source": f"table:{table.value}", "sha256": ""}
    run_id = int(connection.execute(insert(c.import_run).values(**run)).inserted_primary_key[0])
    if isinstance(record, Statistic):
        store(connection, find_in_statistics([record]), {record.key}, run_id, now)
    revision = insert(c.catalogue_revision).values(made_at=now, import_run_id=run_id)
    return int(connection.execute(revision).inserted_primary_key[0])


def one_at_a_time(connection: Connection) -> None:
    """An import and a decision must not overtake each other; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
