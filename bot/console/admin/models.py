"""Classes over our tables, which the library needs to read them."""

from typing import Any

from sqlalchemy.orm import registry

from bot.catalogue import tables_context as c
from bot.catalogue.shared_tables import SharedTable
from bot.database import metadata
from bot.handoffs.tables import canned_reply
from bot.upkeep.tables import editor_order

_registry = registry(metadata=metadata)


class Agency:
    id: int


class AdminUnit:
    id: int


class UnitSuccession:
    id: int


class Statistic:
    id: int


class Contradiction:
    id: int


class CannedReply:
    id: int


class EditorOrder:
    id: int


for _kind, _table in {
    Agency: c.agency,
    AdminUnit: c.admin_unit,
    UnitSuccession: c.unit_succession,
    Statistic: c.statistic,
    Contradiction: c.contradiction,
    CannedReply: canned_reply,
    EditorOrder: editor_order,
}.items():
    _registry.map_imperatively(_kind, _table)

SHARED: dict[type[Any], SharedTable] = {
    Agency: SharedTable.AGENCY,
    AdminUnit: SharedTable.UNIT,
    UnitSuccession: SharedTable.SUCCESSION,
    Statistic: SharedTable.STATISTIC,
}
SLUGS = {
    SharedTable.AGENCY: "agency",
    SharedTable.UNIT: "admin-unit",
    SharedTable.SUCCESSION: "unit-succession",
    SharedTable.STATISTIC: "statistic",
}
"""How the library calls a table in addresses."""
