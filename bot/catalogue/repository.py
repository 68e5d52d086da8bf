"""Reads the catalogue: what is believed now about today or about an earlier day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import Select

from bot.catalogue import tables as t
from bot.catalogue import tables_context as c
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure
from bot.catalogue.rows import Texts, levels_from, procedure_from
from bot.catalogue.statistics import Statistic
from bot.catalogue.units import OldUnit, Unit

_PARTS = (t.procedure_case, t.paper, t.fee, t.form, t.alias)
# Below the limit of bound variables of every SQLite build (999).
_BATCH = 900
_AT_ONCE = 100


class Repository:
    """Catalogue of one database. Every method reads its own short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def revision(self) -> int:
        """Number of the last import that changed something; 0 for an empty catalogue."""
        with self._engine.connect() as connection:
            return int(connection.scalar(select(func.max(c.catalogue_revision.c.id))) or 0)

    def procedures(self, as_of: date | None = None) -> list[Procedure]:
        """All procedures sorted by code, as valid on ``as_of`` (``None``: the newest version).

        A day before a procedure's first version gives that version with its ``history`` and without
        the level statements made later; a retired procedure is left out from its last day on.
        """
        with self._engine.connect() as connection:
            return load_procedures(connection, as_of)

    def procedure(self, code: str, as_of: date | None = None) -> Procedure | None:
        """One procedure, ``None`` when the catalogue has none valid on that day."""
        with self._engine.connect() as connection:
            return next(iter(load_procedures(connection, as_of, (code,))), None)

    def agencies(self) -> list[Agency]:
        """Agencies past and present, in the order of the source file."""
        table = c.agency
        query = select(table).where(table.c.superseded_at.is_(None)).order_by(table.c.id)
        return [_agency(row) for row in self._rows(query)]

    def units(self) -> list[Unit]:
        """Units past and present; the 54 of today with what they were formed from."""
        unit, link = c.admin_unit, c.unit_succession
        formed: dict[str, list[OldUnit]] = defaultdict(list)
        for row in self._rows(select(link).where(link.c.superseded_at.is_(None)).order_by(link.c.position)):
            formed[row["new_code"]].append(_old_unit(row))
        query = select(unit).where(unit.c.superseded_at.is_(None)).order_by(unit.c.id)
        return [_unit(row, formed) for row in self._rows(query)]

    def statistics(self) -> list[Statistic]:
        """Published figures in the order of the source file."""
        table = c.statistic
        query = select(table).where(table.c.superseded_at.is_(None)).order_by(table.c.position)
        return [_statistic(row) for row in self._rows(query)]

    def _rows(self, query: Select) -> list[Mapping[str, Any]]:
        with self._engine.connect() as connection:
            return list(connection.execute(query).mappings())


def load_procedures(
    connection: Connection, as_of: date | None = None, codes: Sequence[str] | None = None
) -> list[Procedure]:
    """``Repository.procedures`` inside a transaction of the caller; ``codes`` limits the answer."""
    if codes is None:
        return _load(connection, as_of, None)
    loaded: list[Procedure] = []
    for start in range(0, len(codes), _BATCH):
        loaded += _load(connection, as_of, codes[start : start + _BATCH])
    return sorted(loaded, key=lambda procedure: procedure.code)


def _load(connection: Connection, as_of: date | None, codes: Sequence[str] | None) -> list[Procedure]:
    version, procedure = t.procedure_version, t.procedure
    query = select(version, procedure.c.code).join(procedure).order_by(procedure.c.code, version.c.version_no)
    query = _limited(query, codes)
    chosen: Iterable[Mapping[str, Any]]
    if as_of is None:
        query = query.where(version.c.superseded_at.is_(None))
        wanted = set(connection.scalars(query.with_only_columns(version.c.id)))
        # A few at a time: what all of them took at once would lie between the records, and stay (8 MB).
        chosen = connection.execute(query.execution_options(yield_per=_AT_ONCE)).mappings()
    else:
        query = query.where(version.c.superseded_at.is_(None) | version.c.valid_to.is_not(None))
        chosen = _valid_on(as_of, connection.execute(query).mappings())
        wanted = {row["id"] for row in chosen}
    parts = {table.name: _parts(connection, table, wanted, codes) for table in _PARTS} if wanted else {}
    levels = _levels(connection, as_of, codes) if wanted else {}
    known: Texts = {}
    return [
        procedure_from(
            row,
            {name: rows.get(row["id"], ()) for name, rows in parts.items()},
            levels_from(levels.get(row["procedure_id"], ()), known),
            known,
        )
        for row in chosen
    ]


def _valid_on(as_of: date, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of each procedure the last version begun by ``as_of``, else its first; none when it had ended."""
    by_procedure: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_procedure[row["procedure_id"]].append(row)
    chosen = []
    for versions in by_procedure.values():
        begun = [v for v in versions if v["effective_from"] is None or v["effective_from"] <= as_of]
        version = begun[-1] if begun else versions[0]
        if version["valid_to"] is None or version["valid_to"] >= as_of:
            chosen.append(version)
    return chosen


def _parts(
    connection: Connection, table: Any, wanted: set[int], codes: Sequence[str] | None
) -> dict[int, list[Mapping[str, Any]]]:
    query = select(table).order_by(table.c.version_id, table.c.position)
    if codes is not None:
        query = query.where(table.c.version_id.in_(wanted))
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        if row["version_id"] in wanted:
            found[row["version_id"]].append(row)
    return found


def _levels(
    connection: Connection, as_of: date | None, codes: Sequence[str] | None
) -> dict[int, list[Mapping[str, Any]]]:
    table = t.level_statement
    query = select(table).order_by(
        table.c.procedure_id, table.c.stated_on, table.c.statement_no, table.c.position
    )
    if codes is not None:
        query = _limited(query.join(t.procedure), codes)
    if as_of is None:
        query = query.where(table.c.superseded_at.is_(None))
    else:
        query = query.where(
            table.c.stated_on <= as_of,
            (table.c.superseded_at.is_(None) & table.c.valid_to.is_(None)) | (table.c.valid_to >= as_of),
        )
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["procedure_id"]].append(row)
    return found


def _limited(query: Select, codes: Sequence[str] | None) -> Select:
    return query if codes is None else query.where(t.procedure.c.code.in_(codes))


def _agency(row: Mapping[str, Any]) -> Agency:
    names = ("code", "name", "kind", "groups", "valid_from", "valid_to", "successor")
    return msgspec.convert({name: row[name] for name in names} | {"unit": row["unit_code"]}, Agency)


def _old_unit(row: Mapping[str, Any]) -> OldUnit:
    values = {
        "name": row["old_name"],
        "code": row["old_code"],
        "district": row["old_district"],
        "extent": row["share"],
        "area_only": row["area_only"],
    }
    return msgspec.convert(values, OldUnit)


def _unit(row: Mapping[str, Any], formed: Mapping[str, Sequence[OldUnit]]) -> Unit:
    names = ("code", "name", "type", "short_name", "valid_from", "valid_to", "basis")
    values = {name: row[name] for name in names} | {"parent": row["parent_code"]}
    today = row["valid_to"] is None
    return msgspec.convert(values | {"formed_from": formed.get(row["code"], ()) if today else ()}, Unit)


def _statistic(row: Mapping[str, Any]) -> Statistic:
    dropped = ("id", "position", "recorded_at", "superseded_at")
    return msgspec.convert({str(k): v for k, v in row.items() if k not in dropped}, Statistic)
