"""The ranking model: a linear score per candidate, turned into probabilities with a "none of them"."""

from collections.abc import Mapping, Sequence
from math import exp

import msgspec

from bot.catalogue.search.features import NAMES


class RankingModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights by feature name; ``nothing`` is the score of "no procedure is meant".

    A conditional logit: P(candidate) = exp(score) / (exp(nothing) + sum of exp(scores)).
    """

    weights: Mapping[str, float]
    nothing: float

    def score(self, values: Sequence[float]) -> float:
        """Score of one candidate; the weights are looked up in the order of ``NAMES``."""
        return sum(self.weights[name] * value for name, value in zip(NAMES, values, strict=True))

    def probabilities(self, scores: Sequence[float]) -> list[float]:
        """Probability of each candidate; they sum to less than one."""
        top = max([self.nothing, *scores])
        powers = [exp(score - top) for score in scores]
        total = sum(powers) + exp(self.nothing - top)
        return [power / total for power in powers]
