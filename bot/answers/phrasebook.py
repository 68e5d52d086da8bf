"""Tables of words → response: the glossary and the portal's status words."""

from collections.abc import Iterable, Mapping

from bot.catalogue.search import PhraseTable
from bot.catalogue.search.lexicon import syllables_of
from bot.text import Analysis


class Phrasebook:
    """Finds the response for the longest known phrase in a message."""

    def __init__(self, rows: Iterable[Mapping[str, object]]) -> None:
        entries: list[tuple[tuple[str, ...], object]] = []
        for row in rows:
            say = row["say"]
            assert isinstance(say, list)
            entries.extend((syllables_of(word), row["response"]) for word in say)
        self._table = PhraseTable(entries)

    def find(self, analysis: Analysis) -> str | None:
        """Response for the longest phrase, or None when no phrase of the table occurs."""
        found = self._matches(analysis)
        return max(found, key=lambda match: match[1] - match[0])[2] if found else None

    def all(self, analysis: Analysis) -> tuple[str, ...]:
        """Responses of every phrase that is not part of a longer one, in order of appearance."""
        found = self._matches(analysis)
        outer = [
            response
            for start, end, response in found
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in found)
        ]
        return tuple(dict.fromkeys(outer))

    def _matches(self, analysis: Analysis) -> list[tuple[int, int, str]]:
        return [
            (start, end, str(response))
            for start, end, response in self._table.matches(analysis.syllables, analysis.folded)
        ]
