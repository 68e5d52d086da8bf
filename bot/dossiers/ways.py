"""By which ways a dossier can be handed in today, and how far online. Pure."""

from datetime import date

from bot.answers.about import published
from bot.answers.about.level_cautions import EXTENT
from bot.catalogue.enums import Channel, Handler, LevelValue
from bot.catalogue.records import LevelStatement, Procedure
from bot.catalogue.units import Unit
from bot.catalogue.view import Catalogue

_ORDER = (Channel.ONLINE, Channel.COUNTER, Channel.POST)


def ways_of(procedure: Procedure, on: date) -> tuple[Channel, ...]:
    """Ways to hand in; online also when agencies publish it, and not when all publish information only.
    A record that names no way is handed in at a counter (Nghị định 118/2025/NĐ-CP Điều 15).
    """
    named = set(procedure.channels) or {Channel.COUNTER}
    statements = published.statements_on(procedure, on)
    if statements:
        online = any(EXTENT[statement.value] for statement in statements)
        named = named | {Channel.ONLINE} if online else named - {Channel.ONLINE} or {Channel.COUNTER}
    return tuple(way for way in _ORDER if way in named)


def stated_for(
    procedure: Procedure, unit: Unit | None, catalogue: Catalogue, on: date
) -> tuple[LevelStatement, ...]:
    """Statements about the citizen's commune where there are any, else all of them; for what a commune
    decides none of other agencies, whose links lead elsewhere.
    """
    statements = published.statements_on(procedure, on)
    here = tuple(s for s in statements if unit and published.covers(s, unit, catalogue.agencies))
    return here if unit and procedure.handler is Handler.COMMUNE else here or statements


def in_person(procedure: Procedure, on: date) -> bool:
    """Whether something has to be done in person although it is handed in online."""
    values = {statement.value for statement in published.statements_on(procedure, on)}
    partly = bool(values) and max(EXTENT[value] for value in values) < EXTENT[LevelValue.FULL]
    read = procedure.reading is not None and EXTENT[procedure.reading.value] < EXTENT[LevelValue.FULL]
    return partly or read
