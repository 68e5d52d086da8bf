"""The classifier's arithmetic: weighted hashed features, linear scores, calibrated probabilities. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.nlu.features import BITS, Group
from bot.nlu.packed_lines import Floats, PackedLines, Rows

GROUP_WEIGHTS = np.array([1.4, 0.4, 0.5, 0.3, 0.9, 0.5])
"""Length of each feature group of `features.extract` in a message's vector."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class LinearModel:
    """One line of weights per known feature, one column per label.

    `rows` is what `rows_of` gives for the features seen in training, `rarity` their inverse document
    frequency, `sharpness` the factor that turns scores into probabilities.
    """

    labels: tuple[str, ...]
    rows: Rows
    rarity: Floats
    weights: Floats | PackedLines
    bias: Floats
    sharpness: float

    def probabilities(self, groups: Sequence[Group]) -> Floats:
        """Probability of each label, in the order of `labels`; they add up to 1."""
        return softmax(self.scores(groups) * self.sharpness)

    def scores(self, groups: Sequence[Group]) -> Floats:
        """Score of each label, in the order of `labels`."""
        (scores,) = self._scores_of([groups])
        return scores

    def probabilities_of(self, messages: Sequence[Sequence[Group]]) -> list[Floats]:
        """What `probabilities` gives for each message; together they cost less than one by one."""
        return [softmax(scores * self.sharpness) for scores in self._scores_of(messages)]

    def _scores_of(self, messages: Sequence[Sequence[Group]]) -> Iterator[Floats]:
        known, values, ends = vectors(messages, self.rows, self.rarity)
        lines = self.weights.take(known, axis=0)
        for start, end in pairwise((0, *ends)):
            yield values[start:end] @ lines[start:end] + self.bias


def rows_of(ids: Integers) -> Rows:
    """The place in the sorted `ids` of every possible feature number, -1 of those that are not in it."""
    rows = np.full(1 << BITS, -1, dtype=np.int32)
    rows[ids] = np.arange(len(ids), dtype=np.int32)
    return rows


def vectors(
    messages: Sequence[Sequence[Group]], rows: Rows, rarity: Floats
) -> tuple[Rows, Floats, Sequence[int]]:
    """Rows and values of the features of messages, one message after the other, and where each ends;
    features without a row are left out.

    They come group by group and in order of their rows, so that sums are the same whenever features are.
    """
    groups = list(chain.from_iterable(messages))
    numbers = np.fromiter(chain.from_iterable(groups), dtype=np.int32)
    found = rows[numbers]
    places = (found >= 0).nonzero()[0]
    known = found[places]
    ends = places.searchsorted(list(accumulate(map(len, groups)))).tolist()
    cuts = list(pairwise((0, *ends)))
    for start, end in cuts:
        known[start:end].sort()
    values = rarity[known]
    parts = [values[start:end] for start, end in cuts]
    lengths = np.sqrt([part.dot(part) or 1.0 for part in parts], dtype=np.float32)
    weights = np.tile(GROUP_WEIGHTS, len(messages))
    values *= (weights / lengths).astype(np.float32).repeat([len(part) for part in parts])
    return known, values, ends[len(GROUP_WEIGHTS) - 1 :: len(GROUP_WEIGHTS)]


def softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - np.maximum.reduce(scores, axis=-1, keepdims=True))
    result: Floats = powers / np.add.reduce(powers, axis=-1, keepdims=True)
    return result
