"""The procedures as ranking sees them: side by side in a few arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum

import numpy as np

from bot.catalogue.enums import AdminLevel, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.search.arrays import Numbers, Truths, Values
from bot.catalogue.search.deeds import DeedTables, bits
from bot.catalogue.search.entries import Entry, head_of
from bot.catalogue.search.holdings import Holdings, with_terms
from bot.catalogue.search.lexicon import PhraseTable
from bot.catalogue.search.names import Names
from bot.catalogue.search.postings import Postings
from bot.catalogue.search.terms import FOLDED, numbered_terms
from bot.catalogue.search.words import Reader, plain, syllables_of

MOST_PAPERS = 8


@dataclass(frozen=True)
class Profiles:
    """One row for each procedure, one number for each name.

    ``names``: which names are whose; ``postings``: terms of the names; ``rarity``: of folded syllables of
    names and fields; ``masses``: rarity of the syllables of each name, summed; ``aliases``: numbers of the
    names that are aliases, by their folded syllables; ``held``: terms of the names, then those of fields, and
    of results, papers, cases, people; ``further``: in which of its rows the latter are (a line each);
    ``deeds``: ``bits`` of what is done; ``worth``: popularity, curated, in force (a line each); ``levels``:
    for each ``levels_said`` whether a procedure is of a level said, and whether only of others.
    """

    procedures: Sequence[Procedure]
    names: Names
    postings: Postings
    rarity: Mapping[str, float]
    masses: Values
    aliases: PhraseTable
    held: Holdings
    further: Numbers
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
    fields, of_field = _read([(procedure.field,) for procedure in procedures])
    bodies, of_body = _read([_body(procedure) for procedure in procedures])
    numbers, said, owners = numbered_terms([name.syllables for name in names])
    # One vocabulary for both: it is half a megabyte.
    words = dict.fromkeys(chain.from_iterable((*fields, *bodies)))
    vocabulary = with_terms(numbers, [FOLDED + word for word in words])
    postings = Postings(vocabulary, said, owners, len(names))
    known = frozenset[str]().union(*fields, *(name.folded for name in names))
    rarity = {word: postings.idf(FOLDED + word) for word in known}
    return Profiles(
        procedures,
        Names([len(own) for own in entries]),
        postings,
        rarity,
        np.array([fsum([rarity[word] for word in frozenset(name.folded)]) for name in names]),
        PhraseTable((name.folded, number) for number, name in enumerate(names) if name.alias),
        postings.entries().further([FOLDED + word for word in own] for own in (*fields, *bodies)),
        np.array([of_field, of_body + len(fields)]) + len(names),
        np.array([bits(deeds.named(read(head_of(p.name)))) for p in procedures], dtype=np.int64),
        np.array([[p.popularity / 3, p.curated, p.scope is Scope.IN_FORCE] for p in procedures]).T,
        _levels(procedures),
    )


def levels_said(commune: bool, province: bool) -> int:
    """Number of the levels a question speaks of."""
    return 2 * commune + province


def _levels(procedures: Sequence[Procedure]) -> Truths:
    """(levels said × agrees, contradicts × procedures)."""
    levels = [
        (AdminLevel.COMMUNE in p.admin_levels, AdminLevel.PROVINCE in p.admin_levels, bool(p.admin_levels))
        for p in procedures
    ]
    commune, province, some = np.array(levels, dtype=np.bool_).reshape(-1, 3).T
    agrees = np.array([np.zeros_like(some), province, commune, commune | province])
    contradicts = some & ~agrees
    contradicts[levels_said(False, False)] = False
    return np.stack([agrees, contradicts], axis=1)


def _read(texts: Sequence[tuple[str, ...]]) -> tuple[Sequence[frozenset[str]], Numbers]:
    """(folded syllables of the different texts in parts, which of them each text is)."""
    different = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    read = [frozenset(map(plain, syllables_of(" ".join(text)))) for text in different]
    return read, np.array([different[text] for text in texts], dtype=np.int64)


def _body(procedure: Procedure) -> tuple[str, ...]:
    return (
        *(result.name for result in procedure.results),
        *(paper.name for paper in procedure.papers[:MOST_PAPERS]),
        *(case.label for case in procedure.cases),
        *procedure.applicants,
    )
