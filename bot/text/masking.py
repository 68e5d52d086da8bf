"""Personal identifiers taken out of a text before it is stored, logged or shown."""

from __future__ import annotations

import re
from typing import Final

from bot.text.identifiers import Identifier, Kind, find_identifiers

KEPT: Final = frozenset({Kind.DOSSIER, Kind.PROCEDURE, Kind.MONEY})
"""What is no identifier of a person."""
_HIDDEN: Final = "***"


def mask(text: str) -> str:
    """The text with each personal identifier replaced by its masked form.

    Dossier and procedure codes and sums of money are kept; birth dates are cut to the year;
    one-time passwords and accounts vanish. Everything else stays as it was written.
    """
    pieces: list[str] = []
    position = 0
    for identifier in find_identifiers(text):
        if identifier.kind in KEPT:
            continue
        pieces.append(text[position : identifier.start])
        pieces.append(masked(identifier))
        position = identifier.end
    pieces.append(text[position:])
    return "".join(pieces)


def masked(identifier: Identifier) -> str:
    """What may be shown of one identifier, e.g. 022********4, 098****321, 14C-***.48, 1990."""
    value = identifier.value
    kind = identifier.kind
    if kind in KEPT:
        return value
    if kind is Kind.CITIZEN_ID:
        return value[:3] + "*" * (len(value) - 4) + value[-1]
    if kind is Kind.OLD_ID:
        return "*****" + value[-3:]
    if kind is Kind.PHONE:
        return value[:3] + "*" * (len(value) - 6) + value[-3:]
    if kind is Kind.TAX_OR_INSURANCE:
        return value[:4] + _HIDDEN
    if kind is Kind.EMAIL:
        return value[0] + _HIDDEN + "@"
    if kind is Kind.PLATE:
        series, _, number = value.partition("-")
        return re.sub(r"^(\d\d[A-Z]+)\d?$", r"\1", series) + "-***." + number[-2:]
    if kind is Kind.BIRTH_DATE:
        return value[:4]
    return _HIDDEN
