"""What every contender for procedures is given: the names of each procedure."""

from bot.catalogue.records import Procedure
from bot.text import clean


def names_of(procedure: Procedure) -> tuple[str, ...]:
    """Official name, short name and aliases, cleaned, each once."""
    names = (clean(name) for name in (procedure.name, procedure.short_name, *procedure.aliases))
    return tuple(dict.fromkeys(name for name in names if name))
