"""What a procedure can be called: its official name, short name and aliases, as syllables."""

import re
from dataclasses import dataclass

from bot.catalogue.records import Procedure
from bot.catalogue.search.words import Reader, plain, syllables_of


@dataclass(frozen=True)
class Entry:
    """One name of one procedure."""

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    alias: bool


_TAILS = re.compile(
    r"\s*(?:\(|;|\b(?:đối với|trong trường hợp|trường hợp|thuộc thẩm quyền)\b)", re.IGNORECASE
)
_OPENING = re.compile(r"^(?:thủ tục\s+)?", re.IGNORECASE)
SHORTEST_HEAD = 4


def head_of(name: str) -> str:
    """An official name up to its first condition: what the procedure is, without for whom."""
    head = _TAILS.split(_OPENING.sub("", name), maxsplit=1)[0]
    return head if len(head.split()) >= SHORTEST_HEAD else name


def entries_of(procedure: Procedure, read: Reader = syllables_of) -> list[Entry]:
    """All names of a procedure, the official one first, each once; none when they hold no syllable."""
    names = [procedure.name, head_of(procedure.name), procedure.short_name, *procedure.aliases]
    found: dict[tuple[str, ...], Entry] = {}
    for position, name in enumerate(names):
        if name in names[:position]:
            continue
        syllables = read(name)
        if syllables:
            folded = tuple(map(plain, syllables))
            found.setdefault(folded, Entry(syllables, folded, position > 1))
    return list(found.values())
