"""What is known about a candidate: the numbers the ranking model weighs.

Sums over words of a name are exact, so equal names tie in whatever order their words stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from bot.catalogue.search.arrays import Numbers, Truths, Values, exact_sums
from bot.catalogue.search.asked import Asked
from bot.catalogue.search.deeds import agreement, bits
from bot.catalogue.search.profiles import Profiles
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


@dataclass(frozen=True)
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
    firsts = np.searchsorted(owners, np.arange(len(rows)))
    content, mass = list(asked.content), asked.mass
    lines = _lines(asked)
    held = profiles.postings.entries.of(names, list(lines))
    own = np.logical_or.reduceat(held, firsts, axis=1)
    words = own[[lines[FOLDED + word] for word in content]] | profiles.fields.of(rows, content)
    body = words | profiles.bodies.of(rows, content)
    heard = _heard(held[: len(asked.heard)], asked) / profiles.masses[names]
    commune, province, some = profiles.levels[:, rows]
    agree = (commune & asked.commune) | (province & asked.province)
    candidates = [profiles.procedures[row] for row in rows.tolist()]
    found = (
        best / (mass + 1.0),
        best / best_of_all,
        np.maximum.reduceat(heard, firsts),
        heard[firsts],
        _covered(words, asked) / mass,
        words.sum(axis=0) / max(len(content), 1),
        _said(profiles, owners, names, asked),
        *profiles.worth[:, rows],
        agree,
        some & (asked.commune or asked.province) & ~agree,
        [setting.procedure_code == procedure.code for procedure in candidates],
        [bool(setting.field) and setting.field == procedure.field for procedure in candidates],
        *agreement(bits(asked.query.deeds), profiles.deeds[rows]),
        _covered(body, asked) / mass,
        _accents(words, own, lines, asked),
        _pairs(own, lines, asked),
    )
    values = np.empty((len(NAMES), len(rows)))
    for line, value in zip(values, found, strict=True):
        line[:] = value
    return values


def _lines(asked: Asked) -> dict[str, int]:
    """Line of each term that is looked for in the names: words first, in the order of ``asked.heard``."""
    terms = (
        *(FOLDED + word for word in asked.heard),
        *(ACCENTED + written for _, written in asked.accented),
        *(PAIR + pair for pair in asked.pairs),
    )
    return {term: line for line, term in enumerate(dict.fromkeys(terms))}


def _covered(words: Truths, asked: Asked) -> Values:
    """Rarity of the content of the question that each candidate holds, added up in its order."""
    if not asked.content:
        return np.zeros(words.shape[1])
    # A sum over lines may be split into pieces, whose rounding would differ with the number of words.
    rarity = np.array(list(asked.content.values()))
    covered: Values = np.cumsum(words * rarity[:, np.newaxis], axis=0)[-1]
    return covered


def _accents(words: Truths, own: Truths, lines: Mapping[str, int], asked: Asked) -> Values:
    """Share of the accented words of the question, among those found when folded, found with accents."""
    place = {word: number for number, word in enumerate(asked.content)}
    shared = words[[place[word] for word, _ in asked.accented]]
    agree = shared & own[[lines[ACCENTED + written] for _, written in asked.accented]]
    count = shared.sum(axis=0)
    share: Values = np.where(count, agree.sum(axis=0) / np.maximum(count, 1), 1.0)
    return share


def _pairs(own: Truths, lines: Mapping[str, int], asked: Asked) -> Values:
    """Share of neighbouring words of the question that are neighbours in a name, too."""
    share: Values = own[[lines[PAIR + pair] for pair in asked.pairs]].sum(axis=0) / max(len(asked.pairs), 1)
    return share


def _heard(held: Truths, asked: Asked) -> Values:
    """Rarity of the words of each name that the question said or meant, summed."""
    return exact_sums(held * np.array(list(asked.heard.values()))[:, np.newaxis])


def _said(profiles: Profiles, owners: Numbers, names: Numbers, asked: Asked) -> Values:
    """How much of the question an alias said word for word makes up (0 when none was said)."""
    said = np.zeros(owners[-1] + 1)
    for owner, name in zip(owners.tolist(), names.tolist(), strict=True):
        alias = profiles.aliases.get(name)
        if alias is not None and alias in asked.spoken:
            share = fsum(asked.content.get(word, 0.0) for word in frozenset(alias.split())) / asked.mass
            said[owner] = max(said[owner], share)
    return said
