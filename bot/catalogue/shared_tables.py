"""The tables beside the procedures: what names a row, what may be changed, changes over rows. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import msgspec

from bot.catalogue.agencies import Agency
from bot.catalogue.records import Record
from bot.catalogue.statistics import Statistic
from bot.catalogue.units import OldUnit, Unit

Row = Mapping[str, Any]


class SharedTable(str, Enum):
    """A table that ships with the project and is no table of procedures."""

    AGENCY = "agency"
    UNIT = "admin_unit"
    SUCCESSION = "unit_succession"
    STATISTIC = "statistic"


class ChangeState(str, Enum):
    """Where a change of a row stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever proposed it."""
    REPLACED = "replaced"
    """A later change of the row holds what this one changed, too."""
    ABSORBED = "absorbed"
    """The source says the same by now."""
    REVERTED = "reverted"
    """It held until somebody took it out again."""


KEYS: Mapping[SharedTable, tuple[str, ...]] = {
    SharedTable.AGENCY: ("code", "valid_from"),
    SharedTable.UNIT: ("code", "valid_from"),
    SharedTable.SUCCESSION: ("old_code", "new_code"),
    SharedTable.STATISTIC: ("key",),
}
"""What names a row. Codes of communes were used again, so they need their first day."""

FIELDS: Mapping[SharedTable, tuple[str, ...]] = {
    SharedTable.AGENCY: ("name", "kind", "unit_code", "groups", "valid_to", "successor"),
    SharedTable.UNIT: ("name", "type", "short_name", "parent_code", "valid_to", "basis"),
    SharedTable.SUCCESSION: ("old_name", "old_district", "share", "area_only", "basis", "effective"),
    SharedTable.STATISTIC: (
        "label",
        "unit",
        "scope",
        "numerator",
        "denominator",
        "denominator_name",
        "percent",
        "as_of",
        "as_of_text",
        "source",
        "source_date",
        "claim",
        "contradiction",
        "usable",
    ),
}
"""What an editor may change."""

_DAYS = frozenset({"valid_from", "valid_to", "effective", "as_of", "source_date"})
_CALLED = {
    SharedTable.AGENCY: {"unit_code": "unit"},
    SharedTable.UNIT: {"parent_code": "parent"},
    SharedTable.SUCCESSION: {
        "old_code": "code",
        "old_name": "name",
        "old_district": "district",
        "share": "extent",
    },
    SharedTable.STATISTIC: {},
}
_RECORDS: Mapping[SharedTable, type[Record]] = {
    SharedTable.AGENCY: Agency,
    SharedTable.UNIT: Unit,
    SharedTable.SUCCESSION: OldUnit,
    SharedTable.STATISTIC: Statistic,
}


@dataclass(frozen=True)
class Standing:
    """A change in force. ``patch`` and ``base``: fields with plain values, days as text."""

    id: int
    key: str
    patch: Row
    base: Row


@dataclass(frozen=True)
class Overlaid:
    """``rows`` with the changes in them. ``absorbed``: ids of changes that the source says itself by now;
    ``bases``: of those that go on holding, what the source has now where it had something else before.
    """

    rows: list[dict[str, Any]]
    absorbed: tuple[int, ...]
    bases: Mapping[int, Row]


def key_of(table: SharedTable, row: Row) -> str:
    """``06652|2025-07-01``; a day that is not known is empty."""
    return "|".join(str(plain(row[name]) or "") for name in KEYS[table])


def plain(value: Any) -> Any:
    """As it is kept in a patch."""
    return value.isoformat() if isinstance(value, date) else value


def typed(patch: Row) -> dict[str, Any]:
    """As it is kept in a row. Raises ``ValueError`` for a day that is none."""
    return {
        name: date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value
        for name, value in patch.items()
    }


def differing(row: Row, patch: Row) -> dict[str, Any]:
    """Of the patch what would make the row another one."""
    return {name: value for name, value in patch.items() if plain(row[name]) != value}


def record_of(table: SharedTable, row: Row) -> Record:
    """The row as the assistant reads it. Raises ``ValueError`` for one that makes no sense."""
    kind, called = _RECORDS[table], _CALLED[table]
    values = {called.get(name, name): value for name, value in row.items()}
    known = {name: value for name, value in values.items() if name in kind.__struct_fields__}
    record = msgspec.convert(known, kind)
    begin, end = row.get("valid_from"), row.get("valid_to")
    if begin is not None and end is not None and end < begin:
        raise ValueError("valid_to")
    for name in ("name", "old_name", "label", "source", "claim"):
        if name in row and not str(row[name]).strip():
            raise ValueError(name)
    if table is SharedTable.SUCCESSION and not isinstance(row["effective"], date):
        raise ValueError("effective")
    for name in ("numerator", "denominator", "percent"):
        if (row.get(name) or 0) < 0:
            raise ValueError(name)
    return record


def overlay(table: SharedTable, rows: Sequence[Row], changes: Iterable[Standing]) -> Overlaid:
    """The rows of the source with what editors changed. A change whose row the source no longer has waits."""
    by_key = {change.key: change for change in changes}
    laid: list[dict[str, Any]] = []
    absorbed: list[int] = []
    bases: dict[int, Row] = {}
    for row in rows:
        change = by_key.get(key_of(table, row))
        if change is None:
            laid.append(dict(row))
            continue
        if not differing(row, change.patch):
            absorbed.append(change.id)
        else:
            base = {name: plain(row[name]) for name in change.patch}
            if base != dict(change.base):
                bases[change.id] = base
        laid.append({**row, **typed(change.patch)})
    return Overlaid(laid, tuple(absorbed), bases)
