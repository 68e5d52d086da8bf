"""The ranking model: a linear score per candidate, turned into probabilities with a "none of them"."""

from collections.abc import Mapping, Sequence
from math import exp
from operator import mul

import msgspec
import numpy as np

from bot.catalogue.search.arrays import Values
from bot.catalogue.search.features import NAMES


class RankingModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights by feature name; ``nothing`` is the score of "no procedure is meant".

    A conditional logit: P(candidate) = exp(score) / (exp(nothing) + sum of exp(scores)).
    """

    weights: Mapping[str, float]
    nothing: float

    def score(self, values: Sequence[float]) -> float:
        """Score of one candidate; the weights are looked up in the order of ``NAMES``."""
        total: float = sum(map(mul, self.in_order(), values))
        return total

    def in_order(self) -> tuple[float, ...]:
        """The weights in the order of ``NAMES``; looked up once, they serve many candidates."""
        return tuple(self.weights[name] for name in NAMES)

    def probabilities(self, scores: Sequence[float]) -> list[float]:
        """Probability of each candidate; they sum to less than one."""
        top = max([self.nothing, *scores])
        powers = [exp(score - top) for score in scores]
        total = sum(powers) + exp(self.nothing - top)
        return [power / total for power in powers]


def weigh(weights: Sequence[float], values: Values) -> list[float]:
    """Scores of candidates from their (features × candidates), added up in the order of the features."""
    scores: list[float] = (values * np.array(weights)[:, np.newaxis]).cumsum(axis=0)[-1].tolist()
    return scores
