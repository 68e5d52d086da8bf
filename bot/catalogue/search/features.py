"""What is known about a candidate: the numbers the ranking model weighs.

Sums over sets of words are exact (``fsum``), so equal names tie in every process whatever its hash seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from bot.catalogue.enums import AdminLevel, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.search.asked import NEVER_SEEN, Asked
from bot.catalogue.search.deeds import Deed, DeedTables, agreement
from bot.catalogue.search.entries import Entry, entries_of, head_of
from bot.catalogue.search.words import plain, syllables_of

NAMES = (
    "best_score",
    "share_of_best",
    "name_heard",
    "official_heard",
    "query_covered",
    "words_covered",
    "alias_said",
    "popularity",
    "curated",
    "in_force",
    "level_said",
    "level_against",
    "in_context",
    "same_field",
    "deed_agrees",
    "deed_conflicts",
    "deed_unasked",
    "body_covered",
    "accents_agree",
    "pairs_heard",
)
"""Order of the features; ``weights.json`` names them in the same words."""

MOST_PAPERS = 8


@dataclass(frozen=True)
class Setting:
    """What the conversation is about: the procedure spoken of last and its field."""

    procedure_code: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Profile:
    """A procedure as the ranking sees it."""

    procedure: Procedure
    entries: tuple[Entry, ...]
    words: frozenset[str]
    body: frozenset[str]
    accented: frozenset[str]
    pairs: frozenset[str]
    deeds: frozenset[Deed]


def profile_of(procedure: Procedure, deeds: DeedTables) -> Profile:
    """``words``: folded syllables of names and field; ``body``: those of results, papers, cases, people;
    ``accented``: accented syllables of the names; ``pairs``: neighbouring folded syllables of the names.
    """
    entries = tuple(entries_of(procedure))
    words = frozenset(map(plain, syllables_of(procedure.field))).union(*(e.vocabulary for e in entries))
    body = " ".join(
        (
            *(result.name for result in procedure.results),
            *(paper.name for paper in procedure.papers[:MOST_PAPERS]),
            *(case.label for case in procedure.cases),
            *procedure.applicants,
        )
    )
    return Profile(
        procedure,
        entries,
        words,
        frozenset(map(plain, syllables_of(body))) | words,
        frozenset(s for entry in entries for s in entry.syllables if plain(s) != s),
        frozenset(f"{a} {b}" for entry in entries for a, b in pairwise(entry.folded)),
        deeds.named(syllables_of(head_of(procedure.name))),
    )


def masses_of(profile: Profile, rarity: Mapping[str, float]) -> tuple[float, ...]:
    """Rarity of the words of each name, summed."""
    return tuple(fsum(rarity.get(s, NEVER_SEEN) for s in entry.vocabulary) for entry in profile.entries)


def features(
    profile: Profile,
    masses: Sequence[float],
    entry_scores: Sequence[float],
    best_of_all: float,
    asked: Asked,
    setting: Setting,
) -> tuple[float, ...]:
    """Features of one candidate in the order of ``NAMES``, each about 0–1.

    ``masses`` and ``entry_scores`` have one number for each name of the profile.
    """
    best = max(entry_scores)
    procedure = profile.procedure
    content, mass = asked.content, asked.mass
    covered = [value for s, value in content.items() if s in profile.words]
    heard = [_heard(entry, own, asked) for entry, own in zip(profile.entries, masses, strict=True)]
    said = max((_said(e, asked) for e in profile.entries if e.alias), default=0.0)
    levels = procedure.admin_levels
    agree = (asked.commune and AdminLevel.COMMUNE in levels) or (
        asked.province and AdminLevel.PROVINCE in levels
    )
    against = bool(levels) and (asked.commune or asked.province) and not agree
    return (
        best / (mass + 1.0),
        best / best_of_all if best_of_all else 0.0,
        max(heard),
        heard[0],
        sum(covered) / mass,
        len(covered) / max(len(content), 1),
        said,
        procedure.popularity / 3,
        float(procedure.curated),
        float(procedure.scope is Scope.IN_FORCE),
        float(agree),
        float(against),
        float(setting.procedure_code == procedure.code),
        float(bool(setting.field) and setting.field == procedure.field),
        *agreement(asked.query.deeds, profile.deeds),
        sum([value for s, value in content.items() if s in profile.body]) / mass,
        _accents(profile, asked),
        _pairs(profile, asked),
    )


def _accents(profile: Profile, asked: Asked) -> float:
    """Share of the accented words of the question, among those found when folded, found with accents."""
    shared = [written for word, written in asked.accented if word in profile.words]
    return sum([written in profile.accented for written in shared]) / len(shared) if shared else 1.0


def _pairs(profile: Profile, asked: Asked) -> float:
    """Share of neighbouring words of the question that are neighbours in a name, too."""
    pairs = asked.pairs
    return sum([pair in profile.pairs for pair in pairs]) / len(pairs) if pairs else 0.0


def _heard(entry: Entry, mass: float, asked: Asked) -> float:
    """Share of a name, by rarity, that the question said or meant."""
    heard = asked.heard
    return fsum([heard[s] for s in entry.vocabulary if s in heard]) / mass if mass else 0.0


def _said(entry: Entry, asked: Asked) -> float:
    """How much of the question an alias said word for word makes up (0 when it was not said)."""
    if entry.spoken not in asked.spoken:
        return 0.0
    return fsum(asked.content.get(s, 0.0) for s in entry.vocabulary) / asked.mass
