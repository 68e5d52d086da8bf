"""What a text leaves open for values. Pure."""

from collections.abc import Mapping
from string import Formatter

LONGEST = 4000


class WrongTextError(ValueError):
    """``str()``: what is wrong: ``empty``, ``length``, ``braces``, ``variables`` or ``name``."""


def pieces(text: str) -> list[tuple[str, str]]:
    """The text in order as (words, variable), either of them empty; raises ``WrongTextError``."""
    found: list[tuple[str, str]] = []
    try:
        for words, variable, form, conversion in Formatter().parse(text):
            if words:
                found.append((words, ""))
            if variable is None:
                continue
            # Only plain names: an attribute or an index would reach into what the program holds.
            if not variable.isidentifier() or form or conversion:
                raise WrongTextError("braces")
            found.append(("", variable))
    except WrongTextError:
        raise
    except ValueError:
        raise WrongTextError("braces") from None
    return found


def variables(text: str) -> frozenset[str]:
    """The names of the values a text needs; raises ``WrongTextError`` for braces that name none."""
    return frozenset(variable for _, variable in pieces(text) if variable)


def check(name: str, text: str, shipped: Mapping[str, str]) -> None:
    """Raises ``WrongTextError`` unless ``text`` may stand in the place of the response ``name``."""
    if name not in shipped:
        raise WrongTextError("name")
    if not text.strip():
        raise WrongTextError("empty")
    if len(text) > LONGEST:
        raise WrongTextError("length")
    if variables(text) != variables(shipped[name]):
        raise WrongTextError("variables")


def fitting(changed: Mapping[str, str], shipped: Mapping[str, str]) -> dict[str, str]:
    """Those that still fit the program: a newer one may have dropped a response or given it other values."""
    return {name: text for name, text in changed.items() if _fits(name, text, shipped)}


def _fits(name: str, text: str, shipped: Mapping[str, str]) -> bool:
    try:
        check(name, text, shipped)
    except WrongTextError:
        return False
    return True
