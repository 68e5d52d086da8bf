"""Place names of a message: communes of today, old communes, old districts."""

from collections.abc import Iterable

from bot.answers.turn import Mention
from bot.catalogue.units import Unit, UnitType
from bot.catalogue.view import Catalogue
from bot.text import fold

_DISTRICTS = frozenset({UnitType.HUYEN, UnitType.THI_XA, UnitType.THANH_PHO})

_PROVINCE = frozenset({UnitType.TINH, UnitType.THANH_PHO_TW})


def read_place(name: str, catalogue: Catalogue, start: int = 0, end: int = 0) -> Mention | None:
    """What a place name stands for today.

    ``unit`` (a commune of today, by code), ``old_unit`` or ``old_district`` (by name); ``place`` for a
    bare name shared by a commune and an abolished district ("Hạ Long"): it does not tell where the
    person lives. None for the province.
    """
    wanted = fold(name)
    current = catalogue.current_units.values()
    for unit in current:
        if fold(unit.name) == wanted:
            return Mention("unit", unit.code, start, end)
    districts = [u for u in catalogue.units if u.type in _DISTRICTS]
    named_district = next((d for d in districts if wanted in (fold(d.name), fold(d.short_name))), None)
    if named_district:
        whole = _special_zone(named_district, current)
        if whole:
            return Mention("unit", whole.code, start, end)
        if fold(named_district.name) == wanted:
            return Mention("old_district", named_district.name, start, end)
        return Mention("place", name, start, end)
    short = [unit for unit in current if fold(unit.short_name) == wanted]
    if len(short) == 1 and not _went_elsewhere(wanted, short[0], current):
        return Mention("unit", short[0].code, start, end)
    if any(u.type in _PROVINCE and fold(u.short_name) in wanted for u in catalogue.units):
        return None
    return Mention("old_unit", name, start, end)


def _went_elsewhere(wanted: str, unit: Unit, current: Iterable[Unit]) -> bool:
    """Whether an old commune of the same bare name is part of another commune today (Hải Hòa)."""
    return any(
        fold(old.name).endswith(f" {wanted}") and len(fold(old.name).split()) == len(wanted.split()) + 1
        for other in current
        if other.code != unit.code
        for old in other.formed_from
        if not old.area_only
    )


def _special_zone(district: Unit, current: Iterable[Unit]) -> Unit | None:
    """The special zone that took over a whole island district (Vân Đồn, Cô Tô)."""
    return next(
        (
            u
            for u in current
            if u.type is UnitType.DAC_KHU and fold(u.short_name) == fold(district.short_name)
        ),
        None,
    )
