"""Writes procedures as new versions inside a transaction of the caller. Nothing is overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue import tables as t
from bot.catalogue.records import LevelStatement, Procedure
from bot.catalogue.rows import day_before, level_rows, levels_from, part_rows, version_row

_TABLES = {table.name: table for table in (t.procedure_case, t.paper, t.fee, t.form, t.alias)}
_BATCH = 500


@dataclass(frozen=True)
class Known:
    """What the database holds of a procedure: its newest version, open or ended, and its open levels."""

    procedure_id: int
    version_id: int
    version_no: int
    content_hash: str
    curated: bool
    ended: bool
    effective_from: date | None
    retrieved_on: date | None
    levels: tuple[LevelStatement, ...]


def known_procedures(connection: Connection) -> dict[str, Known]:
    """The newest version of every procedure by code."""
    level, version, procedure = t.level_statement, t.procedure_version, t.procedure
    levels: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    query = select(level).where(level.c.superseded_at.is_(None))
    ordered = query.order_by(level.c.procedure_id, level.c.statement_no, level.c.position)
    for row in connection.execute(ordered).mappings():
        levels[row["procedure_id"]].append(row)
    columns = (
        version.c.id,
        version.c.procedure_id,
        version.c.version_no,
        version.c.content_hash,
        version.c.curated,
        version.c.superseded_at,
        version.c.effective_from,
        version.c.retrieved_on,
    )
    newest = select(procedure.c.code, *columns).join(procedure).order_by(version.c.version_no)
    return {
        row["code"]: Known(
            procedure_id=row["procedure_id"],
            version_id=row["id"],
            version_no=row["version_no"],
            content_hash=row["content_hash"],
            curated=row["curated"],
            ended=row["superseded_at"] is not None,
            effective_from=row["effective_from"],
            retrieved_on=row["retrieved_on"],
            levels=levels_from(levels.get(row["procedure_id"], ())),
        )
        for row in connection.execute(newest).mappings()
    }


@dataclass(frozen=True)
class Writer:
    """Writes for one import run at one moment. ``since``: what is known of first days better than records
    tell, see ``Import``.
    """

    connection: Connection
    run_id: int
    now: datetime
    since: Mapping[str, date | None] = field(default_factory=dict)

    def versions(self, procedures: Sequence[Procedure], known: Mapping[str, Known]) -> None:
        """A new version for each of ``procedures``; what it replaces is closed."""
        for start in range(0, len(procedures), _BATCH):
            self._versions(procedures[start : start + _BATCH], known)

    def _versions(self, procedures: Sequence[Procedure], known: Mapping[str, Known]) -> None:
        fresh = [p.code for p in procedures if p.code not in known]
        if fresh:
            rows = [{"code": code, "created_at": self.now} for code in fresh]
            self.connection.execute(insert(t.procedure), rows)
        ids = {code: known[code].procedure_id for code in (p.code for p in procedures) if code in known}
        ids |= self._ids(fresh)
        rows = []
        for procedure in procedures:
            before = known.get(procedure.code)
            begins = self._close(procedure, before) if before else procedure.valid_from
            row = version_row(procedure) | {
                "procedure_id": ids[procedure.code],
                "version_no": before.version_no + 1 if before else 1,
                "effective_from": begins,
                "recorded_at": self.now,
                "import_run_id": self.run_id,
            }
            rows.append(row)
        self.connection.execute(insert(t.procedure_version), rows)
        self._parts(procedures, ids)

    def _parts(self, procedures: Sequence[Procedure], ids: Mapping[str, int]) -> None:
        version = t.procedure_version
        query = select(version.c.procedure_id, version.c.id).where(
            version.c.procedure_id.in_(ids.values()), version.c.superseded_at.is_(None)
        )
        version_ids = dict(self.connection.execute(query).all())
        collected: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for procedure in procedures:
            for name, rows in part_rows(procedure, version_ids[ids[procedure.code]]).items():
                collected[name] += rows
        for name, rows in collected.items():
            if rows:
                self.connection.execute(insert(_TABLES[name]), rows)

    def _close(self, procedure: Procedure, before: Known) -> date | None:
        """End the version before; its last day, when the new record shows since when it is different.

        A record that names a later first day, or was read on a later day, tells of a change: the old
        version stays true for its time. Otherwise it corrects the old version, which then never held.
        """
        if procedure.code in self.since and not before.ended:
            return self._close_since(self.since[procedure.code], before)
        begins = procedure.valid_from or procedure.source.retrieved_on
        earlier = before.effective_from or before.retrieved_on
        changed = begins is not None and earlier is not None and begins > earlier
        if not before.ended:
            version = t.procedure_version
            closing = {
                "superseded_at": self.now,
                "valid_to": day_before(begins) if changed and begins else None,
            }
            self.connection.execute(
                update(version).where(version.c.id == before.version_id).values(**closing)
            )
        if before.ended:
            return begins if changed else self.now.date()
        return begins if changed else before.effective_from

    def _close_since(self, since: date | None, before: Known) -> date | None:
        """The same for a first day that somebody has stated."""
        changed = since is not None and (before.effective_from is None or since > before.effective_from)
        version = t.procedure_version
        closing = {
            "superseded_at": self.now,
            "valid_to": day_before(since) if changed and since else None,
        }
        self.connection.execute(update(version).where(version.c.id == before.version_id).values(**closing))
        return since or before.effective_from

    def levels(self, procedures: Iterable[Procedure], known: Mapping[str, Known]) -> None:
        """Replace the open level statements of ``procedures`` by those of the records."""
        listed = list(procedures)
        ids: dict[str, int] = {}
        for start in range(0, len(listed), _BATCH):
            ids |= self._ids([procedure.code for procedure in listed[start : start + _BATCH]])
        rows = []
        for procedure in listed:
            before = known.get(procedure.code)
            if before and before.levels:
                dates = [statement.stated_on for statement in procedure.levels]
                self.close_levels(before, min(dates) if dates else self.now.date())
            for row in level_rows(procedure.levels):
                own = {"procedure_id": ids[procedure.code], "recorded_at": self.now}
                rows.append(row | own | {"import_run_id": self.run_id})
        if rows:
            self.connection.execute(insert(t.level_statement), rows)

    def close_levels(self, before: Known, on: date) -> None:
        """End open statements the day before ``on``; statements of that same day were wrong, not ended."""
        level = t.level_statement
        still = (level.c.procedure_id == before.procedure_id) & level.c.superseded_at.is_(None)
        older = update(level).where(still, level.c.stated_on < on)
        self.connection.execute(older.values(superseded_at=self.now, valid_to=day_before(on)))
        self.connection.execute(update(level).where(still).values(superseded_at=self.now))

    def retire(self, known: Iterable[Known]) -> None:
        """End procedures the source no longer has, from today on."""
        version, yesterday = t.procedure_version, day_before(self.now.date())
        for before in known:
            closing = update(version).where(version.c.id == before.version_id)
            self.connection.execute(closing.values(superseded_at=self.now, valid_to=yesterday))
            self.close_levels(before, self.now.date())

    def _ids(self, codes: Sequence[str]) -> dict[str, int]:
        if not codes:
            return {}
        query = select(t.procedure.c.code, t.procedure.c.id).where(t.procedure.c.code.in_(codes))
        return dict(self.connection.execute(query).all())
