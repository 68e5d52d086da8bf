"""Variables of ready-made replies. Pure."""

import re
from collections.abc import Mapping
from enum import Enum

GAP = "[……]"
"""Stands where a value is not known; whoever sends the reply fills it in. Nothing with it is sent."""
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


class Variable(str, Enum):
    """What may stand in braces. ``TIME``: time limit of the procedure; ``NAME``: the citizen's."""

    NAME = "name"
    PROCEDURE = "procedure"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    HOTLINE = "hotline"


_KNOWN = frozenset(variable.value for variable in Variable)


def variables_in(text: str) -> tuple[Variable, ...]:
    """The variables of a reply in order, each once. Raises ``ValueError`` with what is in the braces when it
    is no variable, or with the brace that has no partner.
    """
    found: dict[Variable, None] = {}
    for match in _BRACES.finditer(text):
        if match[1] not in _KNOWN:
            raise ValueError(match[0])
        found[Variable(match[1])] = None
    return tuple(found)


def fill(text: str, values: Mapping[Variable, str]) -> str:
    """The reply with its values; ``GAP`` where there is none. Braces in values stay as they are.

    Raises ``ValueError`` as ``variables_in``.
    """
    variables_in(text)
    return _BRACES.sub(lambda match: values.get(Variable(match[1]), "").strip() or GAP, text)


def has_gap(text: str) -> bool:
    """Whether something is still to be filled in."""
    return GAP in text
