"""Whether probabilities mean what they say, and the thresholds that follow from them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bot.answers.resolve import MAX_OPTIONS, Thresholds
from bot.evaluation.metrics import Judged

BINS = 10
CERTAIN = tuple(round(0.30 + 0.05 * step, 2) for step in range(14))
LEAD = (1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
LEAD_FLOOR = tuple(round(0.10 + 0.05 * step, 2) for step in range(13))
POSSIBLE = tuple(round(0.05 * step, 2) for step in range(1, 15))


@dataclass(frozen=True)
class Sample:
    """What search said of one question: ``probabilities`` of its candidates, best first.

    ``right``: which of them are meant; none where no procedure is, or where search missed it.
    """

    probabilities: tuple[float, ...]
    right: tuple[bool, ...]

    @property
    def best(self) -> float:
        """Probability of the first candidate, 0 without any."""
        return self.probabilities[0] if self.probabilities else 0.0

    @property
    def best_right(self) -> bool:
        """Whether the first candidate is meant."""
        return bool(self.right) and self.right[0]


@dataclass(frozen=True)
class Bin:
    """One range of probability: how many questions, mean probability stated, share right (0–1)."""

    low: float
    high: float
    n: int
    stated: float
    right: float


def samples_of(judged: Iterable[Judged]) -> list[Sample]:
    """What search said in the judged turns it was asked in.

    Turns about a procedure that the catalogue lacks are left out.
    """
    return [
        Sample(
            tuple(float(c["score"]) for c in candidates),
            tuple(c["code"] in j.row.procedure_codes for c in candidates),
        )
        for j in judged
        for candidates in [j.reply["candidates"]]
        if candidates and not j.missing
    ]


def reliability(samples: Sequence[Sample]) -> list[Bin]:
    """Ten equal ranges of the best candidate's probability; empty ranges are left out."""
    groups: dict[int, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(min(int(sample.best * BINS), BINS - 1), []).append(sample)
    return [
        Bin(
            place / BINS,
            (place + 1) / BINS,
            len(group),
            sum(sample.best for sample in group) / len(group),
            sum(sample.best_right for sample in group) / len(group),
        )
        for place, group in sorted(groups.items())
    ]


@dataclass(frozen=True)
class Choice:
    """Thresholds and what they would have done: shares of all samples, 0–1."""

    thresholds: Thresholds
    answered_right: float
    answered_wrong: float
    asked_back: float


def choose_thresholds(samples: Sequence[Sample], target_wrong: float, current: Thresholds) -> Choice:
    """The bands that answer most while at most ``target_wrong`` of all samples are answered wrong.

    Where no setting keeps the target, the one with the fewest wrong answers. Among equals the stricter
    one. ``possible`` is then set so that offering buttons is right as often as it is useless.
    ``follow_up`` belongs to conversations, which samples are not: it stays. Raises ``ValueError``
    without samples.
    """
    if not samples:
        raise ValueError("no samples to choose thresholds from")
    best = np.array([sample.best for sample in samples])
    second = np.array(
        [sample.probabilities[1] if len(sample.probabilities) > 1 else 0.0 for sample in samples]
    )
    right = np.array([sample.best_right for sample in samples])

    def rank(item: tuple[float, float, float]) -> tuple[float, ...]:
        answered = _answered(best, second, *item)
        wrong, good = float((answered & ~right).mean()), float((answered & right).mean())
        return (min(target_wrong - wrong, 0.0), good, -wrong, *item)

    certain, lead, floor = max(_settings(), key=rank)
    answered = _answered(best, second, certain, lead, floor)
    possible = _possible([s for s, done in zip(samples, answered, strict=True) if not done], floor)
    offered = [_four(s) >= possible and bool(s.probabilities) for s in samples]
    return Choice(
        Thresholds(
            certain=certain, lead=lead, lead_floor=floor, possible=possible, follow_up=current.follow_up
        ),
        answered_right=round(float((answered & right).mean()), 4),
        answered_wrong=round(float((answered & ~right).mean()), 4),
        asked_back=round(float((~answered & np.array(offered)).mean()), 4),
    )


def _settings() -> Iterator[tuple[float, float, float]]:
    return (setting for setting in product(CERTAIN, LEAD, LEAD_FLOOR) if setting[2] <= setting[0])


def _answered(
    best: NDArray[np.float64], second: NDArray[np.float64], certain: float, lead: float, floor: float
) -> NDArray[np.bool_]:
    """The rule of ``Resolver``: certain enough, or far enough ahead of the second."""
    answered: NDArray[np.bool_] = (best >= certain) | ((best >= floor) & (best >= lead * second))
    return answered


def _possible(unanswered: Sequence[Sample], below: float) -> float:
    """The lowest sum of the best four from which on buttons hold the right one at least every other time."""

    def gain(limit: float) -> float:
        return sum(1 if any(s.right[:MAX_OPTIONS]) else -1 for s in unanswered if _four(s) >= limit)

    return max((limit for limit in POSSIBLE if limit <= max(below, POSSIBLE[0])), key=lambda m: (gain(m), -m))


def _four(sample: Sample) -> float:
    return sum(sample.probabilities[:MAX_OPTIONS])
