"""Old places and new communes (1/7/2025)."""

import msgspec

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, phrase
from bot.answers.resolve import MAX_OPTIONS
from bot.catalogue.units import Extent, OldUnit, Unit
from bot.catalogue.view import Catalogue
from bot.text import fold


def successors(old: str, catalogue: Catalogue) -> tuple[tuple[Unit, OldUnit], ...]:
    """Communes of today that took in an old unit of this name (type word optional)."""
    wanted = {_bare(old), fold(old)}
    return tuple(
        (unit, part)
        for unit in catalogue.current_units.values()
        for part in unit.formed_from
        if _bare(part.name) in wanted and not part.area_only
    )


def compose(old_names: tuple[str, ...], unit_codes: tuple[str, ...], catalogue: Catalogue) -> Answer:
    """Where an old unit went, or what a commune of today was formed from."""
    for name in old_names:
        found = successors(name, catalogue)
        if len({unit.code for unit, _ in found}) == 1:
            return _moved(*found[0])
        if found:
            return which_part(found)
    for code in unit_codes:
        unit = catalogue.current_units.get(code)
        if unit:
            return _formed(unit)
    return Answer(Outcome.ASKED_BACK, (phrase("utter_unit_which"),))


def of_district(name: str, catalogue: Catalogue) -> Answer:
    """The communes of today on the land of an abolished district."""
    found = tuple(
        unit
        for unit in catalogue.current_units.values()
        if any(part.district == name and not part.area_only for part in unit.formed_from)
    )
    if not found:
        return Answer(Outcome.NO_DATA, (phrase("utter_unit_which"),))
    lines = tuple(phrase("utter_unit_today", unit=unit.name) for unit in found)
    return Answer(
        Outcome.ANSWERED, (phrase("utter_unit_district", district=name, units=lines, basis=found[0].basis),)
    )


def which_part(found: tuple[tuple[Unit, OldUnit], ...]) -> Answer:
    """One question when the old name alone cannot decide."""
    same_place = len({(part.code, part.district) for _, part in found}) == 1
    targets: dict[str, tuple[Unit, OldUnit]] = {}
    for unit, part in found:
        targets.setdefault(unit.code, (unit, part))
    buttons = tuple(
        Button(
            phrase("utter_button_unit", unit=unit.name, old=part.name, district=part.district),
            "/select_option" + msgspec.json.encode({"unit": unit.code}).decode(),
        )
        for unit, part in list(targets.values())[:MAX_OPTIONS]
    )
    old = found[0][1]
    id = "utter_unit_split" if same_place else "utter_unit_ambiguous"
    lines = tuple(phrase("utter_unit_option", unit=u.name, district=o.district) for u, o in found)
    return Answer(Outcome.ASKED_BACK, (phrase(id, old=old.name, options=lines),), buttons)


def _moved(unit: Unit, old: OldUnit) -> Answer:
    lines: list[Phrase] = [
        phrase("utter_unit_moved", old=old.name, district=old.district, unit=unit.name, basis=unit.basis)
    ]
    lines.append(phrase("utter_unit_counter", unit=unit.name))
    return Answer(Outcome.ANSWERED, tuple(lines))


def _formed(unit: Unit) -> Answer:
    parts = tuple(
        phrase(
            "utter_unit_part" if part.extent is Extent.PART else "utter_unit_whole",
            old=part.name,
            district=part.district,
        )
        for part in unit.formed_from
    )
    return Answer(
        Outcome.ANSWERED,
        (phrase("utter_unit_formed", unit=unit.name, parts=parts, basis=unit.basis),),
    )


def _bare(name: str) -> str:
    words = fold(name).split()
    for prefix in (["thi", "tran"], ["phuong"], ["xa"], ["dac", "khu"]):
        if words[: len(prefix)] == prefix:
            words = words[len(prefix) :]
            break
    return " ".join(words)
