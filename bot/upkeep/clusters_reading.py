"""The words of a question that tell what it is about, and a name drafted from them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.catalogue.search.lexicon import PhraseTable
from bot.catalogue.search.query import read_query
from bot.catalogue.search.spelling import Spelling
from bot.catalogue.search.tables import SearchTables
from bot.catalogue.search.terms import PAIR
from bot.catalogue.search.words import plain, syllables_of
from bot.text import Analysis, analyse, fold, mask

EVERYDAY_WEIGHT = 0.3
PAIR_WEIGHT = 0.5
LONGEST_DRAFT = 80
"""Characters of a drafted name."""
_SHORTEST_DRAFT = 2


@dataclass(frozen=True)
class Reader:
    """``kinds``: words that ask for a fact; ``spelling``: over the words of the catalogue."""

    tables: SearchTables
    kinds: PhraseTable
    spelling: Spelling

    def terms(self, text: str) -> Mapping[str, float]:
        """Search terms with their weights: words with and without accents, pairs, and the official words
        for what citizens say. Words that ask and words of every sentence hardly count.
        """
        query = read_query(analyse(text), self.tables, self.spelling)
        found: dict[str, float] = {}
        for term, weight in query.terms:
            words = term[2:].split()
            weight *= PAIR_WEIGHT if term.startswith(PAIR) else 1.0
            weight *= EVERYDAY_WEIGHT if all(fold(word) in query.everyday for word in words) else 1.0
            found[term] = weight
        return found

    def draft(self, text: str) -> str:
        """What is left of a question as a name: in small letters, without words that ask, numbers, what
        was masked, and names of people and places; "" when too little is left.
        """
        analysis = analyse(mask(text))
        if not analysis.tokens:
            return ""
        idle = {
            place
            for table in (self.tables.frames, self.kinds)
            for start, end, _ in table.matches(analysis.syllables, analysis.folded)
            for place in range(start, end)
        }
        kept = [word for word, places in _words(analysis) if not idle.issuperset(places)]
        drafted = " ".join(kept)
        return drafted if len(kept) >= _SHORTEST_DRAFT and len(drafted) <= LONGEST_DRAFT else ""


def reader_over(names: Iterable[str], tables: SearchTables, kinds: PhraseTable) -> Reader:
    """A reader that knows the words of the catalogue: ``names`` are those of its procedures."""
    known = [tuple(map(plain, syllables_of(name))) for name in names]
    phrases = [*known]
    for table in (tables.synonyms, tables.frames, tables.everyday):
        phrases += table.phrases()
    return Reader(tables, kinds, Spelling({word for name in known for word in name}, phrases))


def _words(analysis: Analysis) -> Iterator[tuple[str, range]]:
    """Words that may stand in a name, as they are spelt, each with the places of its syllables."""
    place = 0
    # In a text of capitals alone, a capital tells nothing.
    shouted = analysis.text.isupper()
    for number, token in enumerate(analysis.tokens):
        places = range(place, place + len(token.forms))
        place = places.stop
        named = number > 0 and token.text.istitle() and not shouted
        beside = (
            analysis.text[max(0, token.start - 1) : token.start] + analysis.text[token.end : token.end + 1]
        )
        if token.text.isalpha() and not named and "*" not in beside:
            yield " ".join(token.forms), places
