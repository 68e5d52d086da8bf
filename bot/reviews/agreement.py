"""Figures of an audit: a share with its interval, and how far two reviewers agree. Pure."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True)
class Share:
    """``count`` of ``of``; ``low`` and ``high``: Wilson's 95 % interval. All None where ``of`` is 0."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Agreement:
    """Of ``pairs`` of labels. ``observed``: share that is equal, None without pairs; ``kappa``: Cohen's, None
    without pairs or where both gave one and the same label throughout, for which it has no value.
    """

    pairs: int
    observed: float | None
    kappa: float | None


def share(count: int, of: int) -> Share:
    """Wilson's score interval (E. B. Wilson, 1927); it also holds near 0 and 1 and for small samples.

    Raises ``ValueError`` unless 0 <= ``count`` <= ``of``.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if not of:
        return Share(0, 0, None, None, None)
    part, square = count / of, Z_95**2
    centre = part + square / (2 * of)
    reach = Z_95 * sqrt(part * (1 - part) / of + square / (4 * of**2))
    scale = 1 + square / of
    return Share(count, of, part, max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale))


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Cohen's kappa (1960): agreement beyond what chance alone would give.

    Each pair is (the first reviewer's label, the second's). Where several people were first, kappa speaks of
    first and second reviews, not of two persons.
    """
    count = len(pairs)
    if not count:
        return Agreement(0, None, None)
    equal = sum(first == second for first, second in pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(firsts[label] * seconds[label] for label in firsts)
    observed = equal / count
    # In whole numbers: both gave one label throughout.
    if by_chance == count * count:
        return Agreement(count, observed, None)
    expected = by_chance / count**2
    return Agreement(count, observed, (observed - expected) / (1 - expected))
