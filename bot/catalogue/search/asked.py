"""A question weighed against one catalogue: all that does not depend on the candidate, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.catalogue.search.entries import spoken
from bot.catalogue.search.query import Query

NEVER_SEEN = 8.0
EVERYDAY_SHARE = 0.3
_COMMUNE_WORDS = ("xa", "phuong")
_PROVINCE_WORDS = ("tinh", "so")


@dataclass(frozen=True)
class Asked:
    """``content``: rarity of each folded word that tells which procedure is meant (a share of it for
    everyday words), ``mass`` their sum;
    ``heard``: rarity × how surely it is meant, of every word said or added; ``pairs``: neighbours that
    both count; ``accented``: (folded, as written) of words that carry accents; ``spoken``: the folded
    words with a space on both sides of each.
    """

    query: Query
    content: Mapping[str, float]
    mass: float
    heard: Mapping[str, float]
    pairs: tuple[str, ...]
    accented: tuple[tuple[str, str], ...]
    spoken: str
    commune: bool
    province: bool


def asked(query: Query, rarity: Mapping[str, float]) -> Asked:
    """A question with the rarity of its words in the catalogue searched."""
    counting = [weight == 1.0 for weight in query.weights]
    words = list(zip(query.folded, query.syllables, counting, strict=True))
    content = {
        word: rarity.get(word, NEVER_SEEN) * (EVERYDAY_SHARE if word in query.everyday else 1.0)
        for word, _, counts in words
        if counts
    }
    return Asked(
        query,
        content,
        sum(content.values()) or 1.0,
        {word: rarity.get(word, NEVER_SEEN) * min(sure, 1.0) for word, sure in query.heard.items()},
        tuple(f"{a} {b}" for (a, _, v), (b, _, w) in pairwise(words) if v and w),
        tuple((word, written) for word, written, counts in words if counts and word != written),
        spoken(query.folded),
        any(word in query.folded for word in _COMMUNE_WORDS),
        any(word in query.folded for word in _PROVINCE_WORDS),
    )
