"""A question weighed against one catalogue: all that does not depend on the candidate, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.catalogue.search.query import Query

NEVER_SEEN = 8.0
EVERYDAY_SHARE = 0.3
_COMMUNE_WORDS = ("xa", "phuong")
_PROVINCE_WORDS = ("tinh", "so")


@dataclass(frozen=True)
class Asked:
    """``content``: rarity of each folded word that tells which procedure is meant (a share of it for
    everyday words), ``mass`` their sum;
    ``heard``: rarity × how surely it is meant, of every word said or added, those of ``content`` first;
    ``pairs``: neighbours that both count; ``accented``: (folded, as written) of words that carry accents.
    """

    query: Query
    content: Mapping[str, float]
    mass: float
    heard: Mapping[str, float]
    pairs: tuple[str, ...]
    accented: tuple[tuple[str, str], ...]
    commune: bool
    province: bool


def asked(query: Query, rarity: Mapping[str, float]) -> Asked:
    """A question with the rarity of its words in the catalogue searched."""
    folded, everyday = query.folded, query.everyday
    content = {
        word: rarity.get(word, NEVER_SEEN) * (EVERYDAY_SHARE if word in everyday else 1.0)
        for word, weight in zip(folded, query.weights, strict=True)
        if weight == 1.0
    }
    heard = dict.fromkeys(content, 0.0)
    for word, sure in query.heard.items():
        heard[word] = rarity.get(word, NEVER_SEEN) * (sure if sure < 1.0 else 1.0)
    words = list(zip(folded, query.syllables, query.weights, strict=True))
    return Asked(
        query,
        content,
        sum(content.values()) or 1.0,
        heard,
        tuple([f"{a} {b}" for (a, _, v), (b, _, w) in pairwise(words) if v == w == 1.0]),
        tuple([(word, written) for word, written, weight in words if word != written and weight == 1.0]),
        any(word in folded for word in _COMMUNE_WORDS),
        any(word in folded for word in _PROVINCE_WORDS),
    )
