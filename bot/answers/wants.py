"""The wants of one message: several kinds of fact, or several procedures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.turn import Turn
from bot.catalogue.search import PhraseTable
from bot.catalogue.search.lexicon import syllables_of
from bot.text import analyse

MOST = 3
EITHER = "either"


@dataclass(frozen=True)
class Hint:
    """Words heard only once a procedure is spoken of; ``kind``: what they ask for, if anything."""

    kind: Intent | None


def kind_table(rows: Mapping[str, Iterable[str] | Mapping[str, Iterable[str]]]) -> PhraseTable:
    """Table of ``kinds.yaml``: words → an ``Intent``, or a ``Hint`` for those under ``follow_up``."""
    entries: list[tuple[tuple[str, ...], object]] = []
    for name, phrases in rows.items():
        if isinstance(phrases, Mapping):
            for kind, hints in phrases.items():
                hint = Hint(None if kind == EITHER else Intent(kind))
                entries.extend((syllables_of(words), hint) for words in hints)
        else:
            entries.extend((syllables_of(words), Intent(name)) for words in phrases)
    return PhraseTable(entries)


def kinds_asked(turn: Turn, found: Sequence[Intent]) -> tuple[Intent, ...]:
    """Kinds of fact a message asks for, the classifier's first; at most three. ``found``: those its words
    ask for (``kinds_named``).

    A second kind counts only when its own words stand outside the words of the first.
    """
    if turn.intent not in ABOUT_A_PROCEDURE:
        return (turn.intent,)
    if turn.intent is Intent.ASK_PROCEDURE and len(found) > 1:
        kinds = list(found)
    else:
        kinds = [turn.intent, *(kind for kind in found if kind is not turn.intent)]
        if len(found) < 2:
            kinds = kinds[:1]
    return tuple(kinds[:MOST])


def kinds_named(text: str, table: PhraseTable) -> tuple[Intent, ...]:
    """Kinds of fact that words of the message ask for, in order of appearance."""
    analysis = analyse(text)
    found: dict[Intent, int] = {}
    reached = 0
    for start, end, value in table.matches(analysis.syllables, analysis.folded):
        if start >= reached and isinstance(value, Intent):
            found.setdefault(value, start)
            reached = end
    return tuple(found)
