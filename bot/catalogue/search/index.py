"""Finds the procedures a question may be about. Pure: built from records, no I/O."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.catalogue.records import Procedure
from bot.catalogue.search.asked import asked
from bot.catalogue.search.entries import Entry, entries_of
from bot.catalogue.search.features import Setting, features
from bot.catalogue.search.model import RankingModel, weigh
from bot.catalogue.search.profiles import profiles_of
from bot.catalogue.search.query import Query, read_query
from bot.catalogue.search.spelling import Spelling
from bot.catalogue.search.tables import SearchTables
from bot.catalogue.search.words import syllables_of
from bot.text import Analysis

SHORTLIST = 40
NO_SETTING = Setting()


@dataclass(frozen=True)
class Hit:
    """A candidate: the procedure, the probability that it is meant, and why (features by position)."""

    procedure: Procedure
    probability: float
    features: tuple[float, ...]


class SearchIndex:
    """Immutable index over the procedures of one catalogue revision."""

    def __init__(
        self,
        procedures: Sequence[Procedure],
        tables: SearchTables,
        model: RankingModel,
    ) -> None:
        self._tables, self._model = tables, model
        # Many names begin with their head or return; what is remembered of them goes with the build.
        read = cache(syllables_of)
        named = [(p, entries) for p in procedures if (entries := entries_of(p, read))]
        names = [own for _, own in named]
        self._profiles = profiles_of([procedure for procedure, _ in named], names, tables.deeds, read)
        self._weights = model.in_order()
        self._spelling = Spelling(self._profiles.rarity, _phrases(names, tables))

    def __len__(self) -> int:
        return len(self._profiles.procedures)

    def read(self, analysis: Analysis) -> Query:
        """The question as search sees it."""
        return read_query(analysis, self._tables, self._spelling)

    def search(self, analysis: Analysis, setting: Setting = NO_SETTING, limit: int = 10) -> list[Hit]:
        """Best candidates first; empty when no word of the question is in any name."""
        return self.candidates(self.read(analysis), setting, limit)

    def candidates(self, query: Query, setting: Setting = NO_SETTING, limit: int = 10) -> list[Hit]:
        """``search`` for a question that was read before."""
        if not len(self):
            return []
        per_procedure = self._profiles.names.best(self._profiles.postings.score(query.terms))
        size = min(SHORTLIST, len(self))
        shortlist = (-per_procedure).argpartition(size - 1)[:size]
        shortlist = shortlist[per_procedure[shortlist] > 0]
        if not len(shortlist):
            return []
        best = per_procedure[shortlist].astype(np.float64)
        question = asked(query, self._profiles.rarity)
        values = features(self._profiles, shortlist, best, float(per_procedure.max()), question, setting)
        scores = weigh(self._weights, values)
        found = [self._profiles.procedures[row] for row in shortlist.tolist()]
        ranked = sorted(
            (-score, own.code, place) for place, (score, own) in enumerate(zip(scores, found, strict=True))
        )
        chances = self._model.probabilities([-score for score, _, _ in ranked])
        first = [place for _, _, place in ranked[:limit]]
        return [
            Hit(found[place], chance, tuple(why))
            for place, chance, why in zip(first, chances[:limit], values.T[first].tolist(), strict=True)
        ]


def _phrases(names: Iterable[Sequence[Entry]], tables: SearchTables) -> Iterator[Sequence[str]]:
    """What stands beside what: names, folk words and question frames."""
    for own in names:
        for entry in own:
            yield entry.folded
    for table in (tables.synonyms, tables.frames, tables.everyday):
        yield from table.phrases()
