"""Finds the procedures a question may be about. Pure: built from records, no I/O."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.catalogue.records import Procedure
from bot.catalogue.search.asked import asked
from bot.catalogue.search.features import Profile, Setting, features, masses_of, profile_of
from bot.catalogue.search.model import RankingModel, weigh
from bot.catalogue.search.names import Names
from bot.catalogue.search.postings import Postings
from bot.catalogue.search.query import Query, read_query
from bot.catalogue.search.spelling import Spelling
from bot.catalogue.search.tables import SearchTables
from bot.catalogue.search.terms import FOLDED, terms
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
        self._profiles: list[Profile] = []
        all_terms: list[list[str]] = []
        for procedure in procedures:
            profile = profile_of(procedure, tables.deeds)
            if not profile.entries:
                continue
            all_terms.extend(list(terms(entry.syllables)) for entry in profile.entries)
            self._profiles.append(profile)
        self._names = Names([len(profile.entries) for profile in self._profiles])
        self._postings = Postings(all_terms)
        known = {s for profile in self._profiles for s in profile.words}
        self._rarity = {s: self._postings.idf(FOLDED + s) for s in known}
        self._masses = [masses_of(profile, self._rarity) for profile in self._profiles]
        self._weights = model.in_order()
        self._spelling = Spelling(known, _phrases(self._profiles, tables))

    def __len__(self) -> int:
        return len(self._profiles)

    def read(self, analysis: Analysis) -> Query:
        """The question as search sees it."""
        return read_query(analysis, self._tables, self._spelling)

    def search(self, analysis: Analysis, setting: Setting = NO_SETTING, limit: int = 10) -> list[Hit]:
        """Best candidates first; empty when no word of the question is in any name."""
        return self.candidates(self.read(analysis), setting, limit)

    def candidates(self, query: Query, setting: Setting = NO_SETTING, limit: int = 10) -> list[Hit]:
        """``search`` for a question that was read before."""
        if not self._profiles:
            return []
        scores = self._postings.score(query.terms)
        per_procedure = self._names.best(scores)
        size = min(SHORTLIST, len(self._profiles))
        shortlist = np.argpartition(-per_procedure, size - 1)[:size]
        shortlist = shortlist[per_procedure[shortlist] > 0]
        if not len(shortlist):
            return []
        best = float(per_procedure.max())
        question = asked(query, self._rarity)
        rated: list[tuple[float, Profile, tuple[float, ...]]] = []
        for row in shortlist:
            profile = self._profiles[row]
            own = scores[self._names.of(row)].tolist()
            values = features(profile, self._masses[row], own, best, question, setting)
            rated.append((weigh(self._weights, values), profile, values))
        rated.sort(key=lambda item: (-item[0], item[1].procedure.code))
        chances = self._model.probabilities([score for score, _, _ in rated])
        return [
            Hit(profile.procedure, chance, values)
            for (_, profile, values), chance in zip(rated[:limit], chances[:limit], strict=True)
        ]


def _phrases(profiles: Sequence[Profile], tables: SearchTables) -> Iterator[Sequence[str]]:
    """What stands beside what: names, folk words and question frames."""
    for profile in profiles:
        for entry in profile.entries:
            yield entry.folded
    for table in (tables.synonyms, tables.frames, tables.everyday):
        yield from table.phrases()
