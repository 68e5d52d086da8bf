"""The ranking model by hand. Probabilities that do not mean what they say break every threshold."""

from math import exp
from random import Random

import msgspec
import numpy as np
import pytest

from bot.catalogue.search.features import NAMES
from bot.catalogue.search.model import RankingModel, weigh

FLAT = RankingModel(dict.fromkeys(NAMES, 1.0), nothing=0.0)


def test_softmax_with_none_of_them_by_hand():
    """Scores 1 and 0 against nothing = 0: e/(e+2) and 1/(e+2); the rest, 1/(e+2), means none."""
    first, second = FLAT.probabilities([1.0, 0.0])
    assert first == pytest.approx(exp(1) / (exp(1) + 2))
    assert second == pytest.approx(1 / (exp(1) + 2))


def test_no_candidates_no_probabilities():
    assert FLAT.probabilities([]) == []


def test_huge_scores_do_not_overflow():
    assert FLAT.probabilities([5000.0, -5000.0]) == [1.0, 0.0]


def test_score_is_the_weighted_sum_in_the_order_of_the_names():
    model = RankingModel({name: float(i) for i, name in enumerate(NAMES)}, nothing=0.0)
    assert model.score([1.0] * len(NAMES)) == sum(range(len(NAMES)))
    assert model.score([0.0, 2.0, *[0.0] * (len(NAMES) - 2)]) == 2.0


def test_the_shipped_weights_name_exactly_the_features(model):
    assert set(model.weights) == set(NAMES)


def test_a_weights_file_with_an_unknown_part_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"weights": {}, "nothing": 1, "extra": 2}', type=RankingModel)


def test_all_candidates_at_once_score_as_each_by_itself(model):
    chance = Random(1)
    values = np.array([[chance.random() for _ in range(40)] for _ in NAMES])
    assert weigh(model.in_order(), values) == [model.score(one) for one in values.T.tolist()]
