"""The procedures as ranking sees them: side by side in a few arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from bot.catalogue.enums import AdminLevel, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.search.arrays import Numbers, Truths, Values
from bot.catalogue.search.deeds import DeedTables, bits
from bot.catalogue.search.entries import Entry, head_of, spoken
from bot.catalogue.search.holdings import Holdings, holdings
from bot.catalogue.search.names import Names
from bot.catalogue.search.postings import Postings
from bot.catalogue.search.terms import FOLDED, numbered_terms
from bot.catalogue.search.words import Reader, plain, syllables_of

MOST_PAPERS = 8


@dataclass(frozen=True)
class Profiles:
    """One row for each procedure, one number for each name.

    ``names``: which names are whose; ``postings``: terms of the names; ``rarity``: of folded syllables of
    names and fields; ``masses``: rarity of the syllables of each name, summed; ``aliases``: folded syllables
    of the names that are aliases, ``spoken``; ``fields``, ``bodies``: folded syllables of the field, and of
    results, papers, cases, people; ``deeds``: ``bits`` of what is done; ``worth``: popularity, curated, in
    force (a line each); ``levels``: commune, province, any (a line each).
    """

    procedures: Sequence[Procedure]
    names: Names
    postings: Postings
    rarity: Mapping[str, float]
    masses: Values
    aliases: Mapping[int, str]
    fields: Holdings
    bodies: Holdings
    deeds: Numbers
    worth: Values
    levels: Truths


def profiles_of(
    procedures: Sequence[Procedure],
    entries: Sequence[Sequence[Entry]],
    deeds: DeedTables,
    read: Reader = syllables_of,
) -> Profiles:
    """Profiles of procedures with their names, at least one each."""
    names = [name for own in entries for name in own]
    postings = Postings(*numbered_terms([name.syllables for name in names]), len(names))
    fields = _holdings([(procedure.field,) for procedure in procedures])
    known = frozenset(fields.vocabulary).union(*(name.folded for name in names))
    rarity = {word: postings.idf(FOLDED + word) for word in known}
    return Profiles(
        procedures,
        Names([len(own) for own in entries]),
        postings,
        rarity,
        np.array([fsum([rarity[word] for word in frozenset(name.folded)]) for name in names]),
        {number: spoken(name.folded) for number, name in enumerate(names) if name.alias},
        fields,
        _holdings([_body(procedure) for procedure in procedures]),
        np.array([bits(deeds.named(read(head_of(p.name)))) for p in procedures], dtype=np.int64),
        np.array([[p.popularity / 3, p.curated, p.scope is Scope.IN_FORCE] for p in procedures]).T,
        np.array(
            [
                [
                    AdminLevel.COMMUNE in p.admin_levels,
                    AdminLevel.PROVINCE in p.admin_levels,
                    bool(p.admin_levels),
                ]
                for p in procedures
            ]
        ).T,
    )


def _holdings(texts: Sequence[tuple[str, ...]]) -> Holdings:
    """Folded syllables of texts in parts; equal ones are read and kept once."""
    different = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    read = holdings(frozenset(map(plain, syllables_of(" ".join(text)))) for text in different)
    return read.shared(np.array([different[text] for text in texts], dtype=np.int64))


def _body(procedure: Procedure) -> tuple[str, ...]:
    return (
        *(result.name for result in procedure.results),
        *(paper.name for paper in procedure.papers[:MOST_PAPERS]),
        *(case.label for case in procedure.cases),
        *procedure.applicants,
    )
