"""What is known about a candidate: the numbers the ranking model weighs.

Sums over words of a name are exact, so equal names tie in whatever order their words stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from bot.catalogue.records import Procedure
from bot.catalogue.search.arrays import Numbers, Truths, Values, exact_sums
from bot.catalogue.search.asked import Asked
from bot.catalogue.search.deeds import agreement, bits
from bot.catalogue.search.profiles import Profiles, levels_said
from bot.catalogue.search.terms import ACCENTED, FOLDED, PAIR

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
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What the conversation is about: the procedure spoken of last and its field."""

    procedure_code: str | None = None
    field: str | None = None


def features(
    profiles: Profiles, rows: Numbers, best: Values, best_of_all: float, asked: Asked, setting: Setting
) -> Values:
    """(features × candidates), the features in the order of ``NAMES``, each about 0–1.

    ``rows``: the candidates; ``best``: the best score among the names of each.
    """
    owners, names = profiles.names.of(rows)
    size, content, mass = len(rows), len(asked.content), asked.mass
    firsts = owners.searchsorted(np.arange(size))
    terms = _terms(asked)
    places = np.concatenate([names, *profiles.further.take(rows, axis=1)])
    found, holders = profiles.held.of(places, terms)
    # Who holds a term (parts × terms × candidates): the names, those or the field, those or the rest.
    held = np.zeros((_PARTS, len(terms), size), dtype=np.bool_)
    part = len(terms) * size
    cells = np.concatenate([owners, np.arange(part, part + size), np.arange(2 * part, 2 * part + size)])
    held.ravel()[found * size + cells[holders]] = True
    for wider, narrower in zip(held[1:], held, strict=False):
        wider |= narrower
    own, words = held[0], held[1, :content]
    covered, of_body = _covered(held[1:, :content], asked) / mass
    heard = _heard(found, holders, (len(terms), len(places)), asked)[: len(names)] / profiles.masses[names]
    weighed = (
        best / (mass + 1.0),
        best / best_of_all,
        np.maximum.reduceat(heard, firsts),
        heard[firsts],
        covered,
        words.sum(axis=0) / max(content, 1),
        _said(profiles, owners, names, asked),
        *profiles.worth.take(rows, axis=1),
        *profiles.levels[levels_said(asked.commune, asked.province)].take(rows, axis=1),
        *_spoken_of(profiles.procedures, rows, setting),
        *agreement(bits(asked.query.deeds), profiles.deeds[rows]),
        of_body,
        _accents(words, own, terms, asked),
        _pairs(own, terms, asked),
    )
    values = np.empty((len(NAMES), size))
    for line, value in zip(values, weighed, strict=True):
        line[:] = value
    return values


def _spoken_of(
    procedures: Sequence[Procedure], rows: Numbers, setting: Setting
) -> tuple[Sequence[bool] | float, Sequence[bool] | float]:
    """Which candidates are the procedure spoken of, and which of its field."""
    if not (setting.procedure_code or setting.field):
        return 0.0, 0.0
    found = [procedures[row] for row in rows.tolist()]
    return (
        [one.code == setting.procedure_code for one in found] if setting.procedure_code else 0.0,
        [one.field == setting.field for one in found] if setting.field else 0.0,
    )


def _terms(asked: Asked) -> dict[str, int]:
    """Line of each term that is looked for: words first, in the order of ``asked.heard``."""
    terms = [
        *[FOLDED + word for word in asked.heard],
        *[ACCENTED + written for _, written in asked.accented],
        *[PAIR + pair for pair in asked.pairs],
    ]
    return {term: line for line, term in enumerate(dict.fromkeys(terms))}


def _covered(held: Truths, asked: Asked) -> Values:
    """(parts × candidates): rarity of the content of the question that each holds, added up in its order."""
    if not asked.content:
        return np.zeros((held.shape[0], held.shape[2]))
    # A sum over lines may be split into pieces, whose rounding would differ with the number of words.
    rarity = np.array(list(asked.content.values()))
    covered: Values = (held * rarity[:, np.newaxis]).cumsum(axis=1)[:, -1]
    return covered


def _accents(words: Truths, own: Truths, lines: Mapping[str, int], asked: Asked) -> Values | float:
    """Share of the accented words of the question, among those found when folded, found with accents."""
    if not asked.accented:
        return 1.0
    shared = words[[lines[FOLDED + word] for word, _ in asked.accented]]
    agree = shared & own[[lines[ACCENTED + written] for _, written in asked.accented]]
    count = shared.sum(axis=0)
    share: Values = np.where(count, agree.sum(axis=0) / np.maximum(count, 1), 1.0)
    return share


def _pairs(own: Truths, lines: Mapping[str, int], asked: Asked) -> Values | float:
    """Share of neighbouring words of the question that are neighbours in a name, too."""
    if not asked.pairs:
        return 0.0
    share: Values = own[[lines[PAIR + pair] for pair in asked.pairs]].sum(axis=0) / len(asked.pairs)
    return share


def _heard(found: Numbers, places: Numbers, shape: tuple[int, int], asked: Asked) -> Values:
    """Rarity of the words that the question said or meant and each row holds, summed.

    ``shape``: number of all terms and of all rows.
    """
    held = np.zeros(shape)
    held.ravel()[found * shape[1] + places] = 1.0
    return exact_sums(list(asked.heard.values()), held[: len(asked.heard)])


def _said(profiles: Profiles, owners: Numbers, names: Numbers, asked: Asked) -> Values:
    """How much of the question an alias said word for word makes up (0 when none was said)."""
    said = np.zeros(owners[-1] + 1)
    folded = asked.query.folded
    for start, end, number in profiles.aliases.matches(folded, folded):
        share = fsum(asked.content.get(word, 0.0) for word in frozenset(folded[start:end])) / asked.mass
        for owner in owners[names == number].tolist():
            said[owner] = max(said[owner], share)
    return said
