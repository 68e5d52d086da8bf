"""Values of plain tables as staff read them."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.catalogue.agencies import AgencyKind
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.statistics import CountedUnit
from bot.catalogue.units import Extent, UnitType
from bot.console.context import Console
from bot.upkeep.states import Need, OrderState

_NAMED: dict[str, tuple[type[Enum], ...]] = {
    "kind": (AgencyKind, ContradictionKind),
    "type": (UnitType,),
    "share": (Extent,),
    "unit": (CountedUnit,),
    "need": (Need,),
    "state": (OrderState,),
}


def cells(console: Console) -> Callable[[Any, str], str]:
    """Draws a value of a row or of a change."""

    def cell(row: Any, name: str) -> str:
        value = row.get(name) if isinstance(row, dict) else getattr(row, name)
        for kind in _NAMED.get(name, ()):
            member = next((one for one in kind if one.value == value), None)
            if member is not None:
                return console.texts.name(member)
        if isinstance(value, bool):
            return console.say("table_yes") if value else console.say("table_no")
        if isinstance(value, datetime):
            return console.stamp(value.timestamp())
        if isinstance(value, float) and name.endswith("_at"):
            return console.stamp(value)
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y")
        if isinstance(value, list):
            return "; ".join(_part(one) for one in value)
        return "" if value is None else str(value)

    return cell


def _part(value: Any) -> str:
    return f"{value['name']}: {value['value']}" if isinstance(value, dict) and "name" in value else str(value)
