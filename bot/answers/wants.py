"""The wants of one message: several kinds of fact, or several procedures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.turn import Turn
from bot.catalogue.search import PhraseTable
from bot.catalogue.search.lexicon import syllables_of
from bot.text import analyse

MOST = 3

_TWO_THINGS = re.compile(
    r"\bvừa\b(?P<first>.+?)\bvừa\b(?P<second>.+)|\bvua\b(?P<a>.+?)\bvua\b(?P<b>.+)", re.I
)
_JOINED = re.compile(r"\s(?:và|va|rồi|roi|với cả|voi ca|đồng thời|xong)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Want:
    """One thing asked: the kind and the part of the message that names the procedure."""

    intent: Intent
    text: str


def kind_table(rows: Mapping[str, Iterable[str]]) -> PhraseTable:
    """Table of ``kinds.yaml``: intent name → words that ask for that fact."""
    return PhraseTable(
        (syllables_of(words), Intent(name)) for name, phrases in rows.items() for words in phrases
    )


def kinds_asked(turn: Turn, table: PhraseTable) -> tuple[Intent, ...]:
    """Kinds of fact a message asks for, the classifier's first; at most three.

    A second kind counts only when its own words stand outside the words of the first.
    """
    if turn.intent not in ABOUT_A_PROCEDURE:
        return (turn.intent,)
    analysis = analyse(turn.text)
    found: dict[Intent, int] = {}
    reached = 0
    for start, end, value in table.matches(analysis.syllables, analysis.folded):
        if start >= reached and isinstance(value, Intent):
            found.setdefault(value, start)
            reached = end
    if turn.intent is Intent.ASK_PROCEDURE and len(found) > 1:
        kinds = list(found)
    else:
        kinds = [turn.intent, *(kind for kind in found if kind is not turn.intent)]
        if len(found) < 2:
            kinds = kinds[:1]
    return tuple(kinds[:MOST])


def parts(text: str) -> tuple[str, ...]:
    """Pieces of a message that may name a procedure each; one piece when it names one thing."""
    match = _TWO_THINGS.search(text)
    if match:
        return tuple(piece.strip() for piece in match.groups() if piece)
    pieces = tuple(piece.strip() for piece in _JOINED.split(text) if piece.strip())
    return pieces if len(pieces) == 2 else (text,)
