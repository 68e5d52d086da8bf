"""How long citizens wait: what the figures mean. Pure; times are POSIX seconds, durations seconds."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import inf, isinf
from statistics import median
from zoneinfo import ZoneInfo

FEWEST_SAMPLES = 5
"""Fewer claims say nothing about the next one."""
BAND_HOURS = 2


@dataclass(frozen=True)
class Lifetime:
    """One hand-off: when it was opened, when what is measured was reached, and when it ended, if ever."""

    opened_at: float
    reached_at: float | None
    ended_at: float | None


@dataclass(frozen=True)
class Waits:
    """``opened`` = ``reached`` + ``pending`` + ``never``. ``pending``: still open and not reached; ``never``:
    ended without. ``median`` and ``p90``: seconds over the reached ones, None of none.
    """

    opened: int
    reached: int
    pending: int
    never: int
    median: float | None
    p90: float | None


class Came(Enum):
    """Who ended a stay in the queue."""

    PERSON = "person"
    """The first claim."""
    NOBODY = "nobody"
    """The citizen waited in vain."""
    NOT_WANTED = "not_wanted"
    """The citizen did not want anybody any more; how long it would have been nobody knows."""


@dataclass(frozen=True)
class Visit:
    """One stay in the queue. ``until``: when it was over, None while it lasts."""

    opened_at: float
    until: float | None
    came: Came | None = None


def waits(lifetimes: Iterable[Lifetime]) -> Waits:
    """The figures of the hand-offs opened in a period. p90: the shortest wait that at least 90 % do not
    exceed (nearest rank); median: with an even number the mean of the middle two.
    """
    found = list(lifetimes)
    times = sorted(one.reached_at - one.opened_at for one in found if one.reached_at is not None)
    pending = sum(one.reached_at is None and one.ended_at is None for one in found)
    return Waits(
        opened=len(found),
        reached=len(times),
        pending=pending,
        never=len(found) - len(times) - pending,
        median=median(times) if times else None,
        p90=times[(9 * len(times) + 9) // 10 - 1] if times else None,
    )


def band_of(at: float, zone: ZoneInfo) -> int:
    """The part of the day, in steps of ``BAND_HOURS`` from midnight."""
    return datetime.fromtimestamp(at, zone).hour // BAND_HOURS


def expected(visits: Sequence[Visit], opened_at: float, since: float, zone: ZoneInfo) -> float | None:
    """Seconds until a person comes, for a hand-off opened at that moment: the median of the claims since
    ``since`` that found as many waiting before them in the same part of the day. Whoever waited in vain
    counts as longer than any claim. None with fewer than ``FEWEST_SAMPLES`` claims, or when the median
    falls on those nobody came to.
    """
    in_queue = [visit for visit in visits if visit.until is None or visit.until > visit.opened_at]
    opened = sorted(visit.opened_at for visit in in_queue)
    over = sorted(visit.until for visit in in_queue if visit.until is not None)

    def before(moment: float) -> int:
        return bisect_left(opened, moment) - bisect_right(over, moment)

    ahead, band = before(opened_at), band_of(opened_at, zone)
    samples = [
        visit.until - visit.opened_at if visit.came is Came.PERSON else inf
        for visit in visits
        if visit.until is not None
        and visit.came is not Came.NOT_WANTED
        and since <= visit.opened_at < opened_at
        and band_of(visit.opened_at, zone) == band
        and before(visit.opened_at) == ahead
    ]
    if sum(not isinf(sample) for sample in samples) < FEWEST_SAMPLES:
        return None
    middle = median(samples)
    return None if isinf(middle) else middle
