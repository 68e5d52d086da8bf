"""Reads and stores what surrounds the procedures: agencies, units, statistics, tables of the checks."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue.agencies import Agency
from bot.catalogue.contradictions import Abolished, Checks, Repealed
from bot.catalogue.importing.shared_rows import TABLES, kept_over
from bot.catalogue.shared_tables import SharedTable
from bot.catalogue.statistics import Statistic
from bot.catalogue.units import Unit

Row = dict[str, Any]

_KEPT = ("id", "recorded_at", "superseded_at")


def read_agencies(path: Path) -> list[Agency]:
    """Agencies of ``agencies.csv``; groups are separated by blanks."""
    return [
        msgspec.convert(row | {"groups": (row.get("groups") or "").split()}, Agency, strict=False)
        for row in _csv(path)
    ]


def read_units(path: Path, successions: Path) -> list[Unit]:
    """Units of ``units.csv``; those of today carry what ``unit_successions.csv`` says they came from."""
    formed: dict[str, list[Row]] = defaultdict(list)
    for row in _csv(successions):
        old = {
            "name": row["old_name"],
            "code": row["old_code"],
            "district": row["old_district"],
            "extent": row["share"],
            "area_only": row["area_only"] == "yes",
        }
        formed[row["new_code"]].append(old)
    return [
        msgspec.convert(
            row | {"formed_from": formed[row["code"]] if "valid_to" not in row else ()}, Unit, strict=False
        )
        for row in _csv(path)
    ]


def read_statistics(path: Path) -> list[Statistic]:
    """Figures of ``statistics.yaml``."""
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), list[Statistic], strict=False)


def read_checks(folder: Path) -> Checks:
    """Tables of ``repealed.csv`` (fields separated by ``|``) and ``abolished_agencies.csv``."""
    return Checks(
        repealed=tuple(
            Repealed(
                number=row["number"],
                repealed_on=date.fromisoformat(row["repealed_on"]),
                replaced_by=row["replaced_by"],
                fields=tuple(row["fields"].split("|")) if "fields" in row else (),
            )
            for row in _csv(folder / "repealed.csv")
        ),
        abolished=tuple(
            Abolished(
                pattern=row["pattern"],
                paper=row["kind"] == "paper",
                abolished_on=date.fromisoformat(row["abolished_on"]),
                replaced_by=row["replaced_by"],
            )
            for row in _csv(folder / "abolished_agencies.csv")
        ),
    )


def store_agencies(connection: Connection, agencies: Sequence[Agency], now: datetime) -> int:
    """Number of rows that are new or gone."""
    rows = [_plain(agency) for agency in agencies]
    for row in rows:
        row["unit_code"] = row.pop("unit")
    return _sync(connection, SharedTable.AGENCY, rows, now)


def store_units(connection: Connection, units: Sequence[Unit], now: datetime) -> int:
    """Units and successions; the basis and day of a succession are those of the new unit."""
    rows: list[Row] = []
    links: list[Row] = []
    for unit in units:
        row = _plain(unit)
        for old in row.pop("formed_from"):
            link = {f"old_{name}": old[name] for name in ("code", "name", "district")}
            rest = {"position": len(links), "new_code": unit.code, "share": old["extent"]}
            dated = {"area_only": old["area_only"], "basis": unit.basis, "effective": unit.valid_from}
            links.append(link | rest | dated)
        row["parent_code"] = row.pop("parent")
        rows.append(row)
    return _sync(connection, SharedTable.UNIT, rows, now) + _sync(
        connection, SharedTable.SUCCESSION, links, now
    )


def store_statistics(connection: Connection, statistics: Sequence[Statistic], now: datetime) -> int:
    """Number of rows that are new or gone."""
    rows = [_plain(item) | {"position": position} for position, item in enumerate(statistics)]
    return _sync(connection, SharedTable.STATISTIC, rows, now)


def _sync(connection: Connection, shared: SharedTable, source: Sequence[Row], now: datetime) -> int:
    """Close rows that are not in ``source`` and add those the table lacks; what editors changed stays."""
    table, rows = TABLES[shared], kept_over(connection, shared, source, now)
    stored = connection.execute(select(table).where(table.c.superseded_at.is_(None))).mappings()
    open_ids = {_key({k: v for k, v in row.items() if k not in _KEPT}): row["id"] for row in stored}
    wanted = {_key(row): row for row in rows}
    gone = [row_id for key, row_id in open_ids.items() if key not in wanted]
    fresh = [row | {"recorded_at": now} for key, row in wanted.items() if key not in open_ids]
    for row_id in gone:
        connection.execute(update(table).where(table.c.id == row_id).values(superseded_at=now))
    if fresh:
        connection.execute(insert(table), fresh)
    return len(gone) + len(fresh)


def _key(row: Row) -> bytes:
    return msgspec.json.encode(sorted((str(name), value) for name, value in row.items()))


def _plain(record: msgspec.Struct) -> Row:
    """Columns of a record: enums as their values, dates as dates, defaults included."""
    return {name: _value(getattr(record, name)) for name in record.__struct_fields__}


def _value(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _plain(value)
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return value.value if hasattr(value, "value") else value


def _csv(path: Path) -> Iterator[Row]:
    """Rows without their empty cells, so that defaults apply."""
    with path.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            yield {name: cell for name, cell in row.items() if cell}
