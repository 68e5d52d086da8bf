"""The classifier's arithmetic: weighted hashed features, linear scores, calibrated probabilities. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.nlu.features import Group

GROUP_WEIGHTS = (1.4, 0.4, 0.5, 0.3, 0.9, 0.5)
"""Length of each feature group of `features.extract` in a message's vector."""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class LinearModel:
    """One line of weights per known feature, one column per label.

    `ids` are the sorted hashed features seen in training, `rarity` their inverse document
    frequency, `sharpness` the factor that turns scores into probabilities.
    """

    labels: tuple[str, ...]
    ids: Integers
    rarity: Floats
    weights: Floats
    bias: Floats
    sharpness: float

    def probabilities(self, groups: Sequence[Group]) -> Floats:
        """Probability of each label, in the order of `labels`; they add up to 1."""
        columns, values = vector(groups, self.ids, self.rarity)
        return softmax((values @ self.weights[columns] + self.bias) * self.sharpness)


def vector(groups: Sequence[Group], ids: Integers, rarity: Floats) -> tuple[Integers, Floats]:
    """Columns and values of a message; features not in `ids` are left out."""
    columns: list[Integers] = []
    values: list[Floats] = []
    for group, weight in zip(groups, GROUP_WEIGHTS, strict=True):
        if not group:
            continue
        wanted = np.asarray(group, dtype=np.int64)
        places = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        known = places[ids[places] == wanted]
        if not len(known):
            continue
        value = rarity[known]
        columns.append(known)
        values.append(value * np.float32(weight / np.sqrt(value @ value)))
    if not columns:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    return np.concatenate(columns), np.concatenate(values)


def softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
