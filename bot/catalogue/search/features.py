"""What is known about a candidate: the numbers the ranking model weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.catalogue.enums import AdminLevel, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.search.deeds import Deed, DeedTables, agreement
from bot.catalogue.search.entries import Entry, entries_of, head_of
from bot.catalogue.search.lexicon import syllables_of
from bot.catalogue.search.query import Query
from bot.text import analyse, fold

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
_COMMUNE_WORDS = ("xa", "phuong")
_PROVINCE_WORDS = ("tinh", "so")


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
    words = {s for entry in entries for s in entry.folded}
    words.update(fold(s) for s in syllables_of(procedure.field))
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
        frozenset(words),
        frozenset(analyse(body).folded) | words,
        frozenset(s for entry in entries for s in entry.syllables if fold(s) != s),
        frozenset(f"{a} {b}" for entry in entries for a, b in pairwise(entry.folded)),
        deeds.named(syllables_of(head_of(procedure.name))),
    )


def features(
    profile: Profile,
    entry_scores: Sequence[float],
    best_of_all: float,
    query: Query,
    rarity: Mapping[str, float],
    setting: Setting,
) -> tuple[float, ...]:
    """Features of one candidate in the order of ``NAMES``, each about 0–1."""
    best = max(entry_scores)
    procedure = profile.procedure
    content = {s: rarity.get(s, 8.0) for s, w in zip(query.folded, query.weights, strict=True) if w == 1.0}
    mass = sum(content.values()) or 1.0
    covered = sum(value for s, value in content.items() if s in profile.words)
    heard = [_heard(entry, query, rarity) for entry in profile.entries]
    said = max((_said(e, query, content, mass) for e in profile.entries if e.alias), default=0.0)
    commune = any(w in query.folded for w in _COMMUNE_WORDS)
    province = any(w in query.folded for w in _PROVINCE_WORDS)
    levels = procedure.admin_levels
    agree = (commune and AdminLevel.COMMUNE in levels) or (province and AdminLevel.PROVINCE in levels)
    against = bool(levels) and (commune or province) and not agree
    return (
        best / (mass + 1.0),
        best / best_of_all if best_of_all else 0.0,
        max(heard),
        heard[0],
        covered / mass,
        sum(1 for s in content if s in profile.words) / max(len(content), 1),
        said,
        procedure.popularity / 3,
        float(procedure.curated),
        float(procedure.scope is Scope.IN_FORCE),
        float(agree),
        float(against),
        float(setting.procedure_code == procedure.code),
        float(bool(setting.field) and setting.field == procedure.field),
        *agreement(query.deeds, profile.deeds),
        sum(value for s, value in content.items() if s in profile.body) / mass,
        _accents(profile, query),
        _pairs(profile, query),
    )


def _accents(profile: Profile, query: Query) -> float:
    """Share of the accented words of the question, among those found when folded, found with accents."""
    found = [s for s, w in zip(query.syllables, query.weights, strict=True) if w == 1.0 and fold(s) != s]
    shared = [s for s in found if fold(s) in profile.words]
    return sum(s in profile.accented for s in shared) / len(shared) if shared else 1.0


def _pairs(profile: Profile, query: Query) -> float:
    """Share of neighbouring words of the question that are neighbours in a name, too."""
    spoken = [
        f"{a} {b}"
        for (a, v), (b, w) in pairwise(zip(query.folded, query.weights, strict=True))
        if v == 1.0 and w == 1.0
    ]
    return sum(pair in profile.pairs for pair in spoken) / len(spoken) if spoken else 0.0


def _heard(entry: Entry, query: Query, rarity: Mapping[str, float]) -> float:
    """Share of a name, by rarity, that the question said or meant."""
    total = 0.0
    heard = 0.0
    for syllable in set(entry.folded):
        value = rarity.get(syllable, 8.0)
        total += value
        heard += value * min(query.heard.get(syllable, 0.0), 1.0)
    return heard / total if total else 0.0


def _said(entry: Entry, query: Query, content: Mapping[str, float], mass: float) -> float:
    """How much of the question an alias said word for word makes up (0 when it was not said)."""
    length = len(entry.folded)
    for start in range(len(query.folded) - length + 1):
        if query.folded[start : start + length] == entry.folded:
            return sum(content.get(s, 0.0) for s in set(entry.folded)) / mass
    return 0.0
