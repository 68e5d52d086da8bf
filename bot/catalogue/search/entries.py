"""What a procedure can be called: its official name, short name and aliases, as syllables."""

from dataclasses import dataclass

from bot.catalogue.records import Procedure
from bot.catalogue.search.lexicon import syllables_of
from bot.text import fold


@dataclass(frozen=True)
class Entry:
    """One name of one procedure."""

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    alias: bool


def entries_of(procedure: Procedure) -> list[Entry]:
    """All names of a procedure, the official one first, each once; none when they hold no syllable."""
    names = [procedure.name, procedure.short_name, *procedure.aliases]
    found: dict[tuple[str, ...], Entry] = {}
    for position, name in enumerate(names):
        syllables = syllables_of(name)
        if syllables:
            folded = tuple(fold(s) for s in syllables)
            found.setdefault(folded, Entry(syllables, folded, alias=position > 0))
    return list(found.values())
