"""Fitted weights must rank better on questions they never saw, or they only remember."""

import numpy as np
import pytest

from bot.catalogue.search import RankingModel
from bot.catalogue.search.features import NAMES
from bot.evaluation.fitting import Case, fit_ranking, places

PRIOR = RankingModel(dict.fromkeys(NAMES, 0.0) | {"in_context": 1.0}, 0.0)


def cases(count: int) -> list[Case]:
    """The meant candidate has the highest first feature; every fifth question means none of them."""
    numbers = np.random.default_rng(3)
    made = []
    for group in range(count):
        features = np.zeros((4, len(NAMES)))
        features[:, :2] = numbers.random((4, 2)) * 0.5
        right = np.zeros(4, dtype=bool)
        if group % 5:
            meant = int(numbers.integers(4))
            features[meant, 0] = 1.0
            right[meant] = True
        made.append(Case(features, right, group))
    return made


def test_fitting_finds_the_feature_that_tells():
    made = cases(100)
    fitted = fit_ranking(made, PRIOR)
    assert fitted.model.weights[NAMES[0]] > 5 * abs(fitted.model.weights[NAMES[1]])
    assert fitted.loss < fitted.loss_before
    assert places(made, fitted.scores, 1) == 1.0


def test_features_no_question_shows_keep_their_weight():
    assert fit_ranking(cases(50), PRIOR).model.weights["in_context"] == 1.0


def test_popularity_is_not_unlearnt_from_a_set_that_asks_about_rare_procedures():
    """Otherwise everyday questions would lead to procedures hardly anybody needs."""
    popularity = NAMES.index("popularity")
    made = cases(50)
    for case in made:
        case.features[:, popularity] = 1.0 - case.right
    prior = RankingModel({**PRIOR.weights, "popularity": 0.3}, 0.0)
    assert fit_ranking(made, prior).model.weights["popularity"] == 0.3


def test_probabilities_of_a_question_without_procedure_stay_low():
    made = cases(100)
    fitted = fit_ranking(made, PRIOR)
    sums = [
        float(score.sum()) for case, score in zip(made, fitted.scores, strict=True) if not case.right.any()
    ]
    assert max(sums) < 0.5


def test_places_by_hand():
    made = cases(3)
    made[1] = Case(made[1].features, np.array([False, True, False, False]), 1)
    made[2] = Case(made[2].features, np.array([False, False, True, False]), 2)
    scores = [np.array([0.9, 0.0, 0.0, 0.0]), np.array([0.5, 0.4, 0.0, 0.0]), np.array([0.1, 0.2, 0.6, 0.0])]
    assert places(made, scores, 1) == 0.5
    assert places(made, scores, 2) == 1.0


def test_too_few_questions_are_refused():
    with pytest.raises(ValueError, match="folds"):
        fit_ranking(cases(4), PRIOR)
