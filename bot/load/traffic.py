"""Two kinds of traffic made of the labelled questions and conversations. Pure, seeded."""

from collections.abc import Iterable, Sequence
from enum import Enum
from random import Random

from bot.evaluation.variants import VARIANTS, vary
from bot.load.visit import Script

SEED = 20261122
EXPONENT = 1.0
"""Of Zipf's law: the question of rank r comes in proportion to 1 / r ** EXPONENT."""


class Traffic(str, Enum):
    """How often a text comes again."""

    COLD = "cold"
    """Never: every text is new to the process."""
    AS_THEY_COME = "as_they_come"
    """Few questions often, many seldom."""


class TooFewError(ValueError):
    """There are not so many different texts."""


def cold(scripts: Sequence[Script], messages: int, seed: int = SEED) -> list[Script]:
    """Scripts with ``messages`` messages together (one more where the last script is longer), no text twice:
    as written, then without accents, then mistyped in one way after the other, as many ways as are needed,
    in mixed order. Raises ``TooFewError``.
    """
    found: list[Script] = []
    seen: set[str] = set()
    for name in (None, *VARIANTS):
        if _count(found) >= messages:
            break
        for script in scripts:
            written = script if name is None else tuple(vary(text, name) for text in script)
            if len(set(written)) == len(written) and seen.isdisjoint(written):
                seen.update(written)
                found.append(written)
    Random(seed).shuffle(found)
    taken = _first(found, messages)
    if _count(taken) < messages:
        raise TooFewError(f"only {_count(found)} different texts, {messages} wanted")
    return taken


def as_they_come(
    scripts: Sequence[Script], messages: int, seed: int = SEED, exponent: float = EXPONENT
) -> list[Script]:
    """Scripts with ``messages`` messages together, drawn by Zipf's law; which ones are the frequent ones is
    drawn, too.
    """
    chance = Random(seed)
    ranked = chance.sample(list(scripts), len(scripts))
    weights = [1 / rank**exponent for rank in range(1, len(ranked) + 1)]
    return _first(chance.choices(ranked, weights, k=messages), messages)


def repeats(scripts: Iterable[Script]) -> float:
    """Share of messages, 0–1, whose text came before."""
    texts = [text for script in scripts for text in script]
    return 1 - len(set(texts)) / len(texts) if texts else 0.0


def dealt(scripts: Sequence[Script], sizes: Sequence[int]) -> list[list[Script]]:
    """The scripts in their order, as many for each size as have that many messages together."""
    parts: list[list[Script]] = []
    rest = list(scripts)
    for size in sizes:
        part = _first(rest, size)
        parts.append(part)
        rest = rest[len(part) :]
    return parts


def _first(scripts: Sequence[Script], messages: int) -> list[Script]:
    taken: list[Script] = []
    said = 0
    for script in scripts:
        if said >= messages:
            break
        taken.append(script)
        said += len(script)
    return taken


def _count(scripts: Iterable[Script]) -> int:
    return sum(map(len, scripts))
