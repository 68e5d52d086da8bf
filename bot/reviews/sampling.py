"""Random stratified samples: the same seed and the same turns give the same sample. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

Stratum = tuple[str, str]


@dataclass(frozen=True)
class Drawn:
    """One turn of a sample, in the order of review. ``twice``: a second reviewer labels it too."""

    turn_id: int
    twice: bool


def draw(strata: Mapping[Stratum, Sequence[int]], size: int, second_share: float, seed: int) -> list[Drawn]:
    """``size`` turns, of each stratum as large a part as of the whole; all turns where there are fewer.

    Every turn is equally likely, so plain shares of the sample estimate shares of the whole. Of the sample
    ``second_share`` (0–1, rounded up to whole turns) is labelled twice. The order is random.
    Raises ``ValueError`` for a size below 1 or a share that is none.
    """
    if size < 1 or not 0 <= second_share <= 1:
        raise ValueError(f"no sample of {size} with {second_share} labelled twice")
    random = Random(seed)
    parts = allotted({stratum: len(turns) for stratum, turns in strata.items()}, size)
    chosen = [
        turn
        for stratum in sorted(strata)
        for turn in random.sample(sorted(strata[stratum]), parts.get(stratum, 0))
    ]
    random.shuffle(chosen)
    doubled = set(random.sample(chosen, ceil(round(second_share * len(chosen), 6))))
    return [Drawn(turn, twice=turn in doubled) for turn in chosen]


def allotted(counts: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many of each stratum, by largest remainders; what is left over goes to the larger stratum first."""
    total = sum(counts.values())
    if total <= size:
        return dict(counts)
    whole = {stratum: count * size // total for stratum, count in counts.items()}
    left = size - sum(whole.values())
    by_rest = sorted(
        counts, key=lambda stratum: (-(counts[stratum] * size % total), -counts[stratum], stratum)
    )
    return {stratum: part + (stratum in by_rest[:left]) for stratum, part in whole.items()}
