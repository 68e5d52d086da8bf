"""What a message is about beside what it asks: the words that may name a procedure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.wants import Hint
from bot.catalogue.records import Procedure
from bot.catalogue.search.words import plain, syllables_of
from bot.text import analyse

MOST_PAPERS = 8


@dataclass(frozen=True, slots=True)
class Said:
    """``subject``: folded words left of a message once question words, words of every conversation about
    a procedure and numbers are taken away; ``kind``: the kind of fact its longest question words ask for,
    ``plainly`` when they do so in every message.
    """

    subject: tuple[str, ...]
    kind: Intent | None
    plainly: bool


def said(text: str, knowledge: Knowledge) -> Said:
    """Reads a message as one in a conversation about a procedure."""
    return knowledge.memory.once(_said, text)


def _said(knowledge: Knowledge, text: str) -> Said:
    analysis = analyse(text)
    counting = list(knowledge.resolver.counting(text))
    kind: Intent | None = None
    plainly, longest = False, 0
    for start, end, value in knowledge.kinds.matches(analysis.syllables, analysis.folded):
        counting[start:end] = [False] * (end - start)
        asked = value.kind if isinstance(value, Hint) else value
        if isinstance(asked, Intent) and end - start > longest:
            kind, longest, plainly = asked, end - start, not isinstance(value, Hint)
    words = zip(analysis.folded, counting, strict=True)
    return Said(tuple(word for word, counts in words if counts and not word.isdecimal()), kind, plainly)


def unexplained(words: Iterable[str], vocabulary: frozenset[str]) -> int:
    """How many of the words are not in a vocabulary."""
    return sum(1 for word in words if word not in vocabulary)


def named(procedure: Procedure) -> frozenset[str]:
    """Folded words a procedure is called by."""
    return _folded((procedure.name, procedure.short_name, *procedure.aliases))


def told(procedure: Procedure) -> frozenset[str]:
    """Folded words a conversation about a procedure uses: its names, papers, cases, results and people."""
    return named(procedure) | _folded(
        (
            procedure.field,
            procedure.authority,
            *(result.name for result in procedure.results),
            *(paper.name for paper in procedure.papers[:MOST_PAPERS]),
            *(case.label for case in procedure.cases),
            *(fee.label for fee in procedure.fees),
            *procedure.applicants,
        )
    )


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(syllable) for text in texts for syllable in syllables_of(text))
