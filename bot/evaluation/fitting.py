"""Fits the weights of the ranking model: a conditional logit with "none of them". Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from bot.catalogue.search import RankingModel
from bot.catalogue.search.features import NAMES

FOLDS = 5
PENALTIES = (0.03, 0.3, 3.0)
HELD = ("popularity", "curated")
"""What citizens ask most cannot be learnt from sets that ask about every procedure alike."""
_SEED = 11
_ITERATIONS = 200

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """The shortlist of one wording: ``features`` (candidates × ``NAMES``) and which candidates are meant.

    ``group``: number of the question; its wordings are never parted between fitting and judging.
    A case in which no candidate is meant teaches "none of them".
    """

    features: Floats
    right: NDArray[np.bool_]
    group: int


@dataclass(frozen=True)
class Fitted:
    """A model with what it does on questions it was not fitted on.

    ``scores``: probabilities of the candidates of every case, in the order of ``cases``, from the fold
    that left the case out. ``penalty``: the strength chosen. ``loss_before`` and ``loss``: mean negative
    log likelihood of the model it began with and of the folds.
    """

    model: RankingModel
    scores: tuple[Floats, ...]
    penalty: float
    loss_before: float
    loss: float


def fit_ranking(cases: Sequence[Case], prior: RankingModel) -> Fitted:
    """Weights that make the meant candidates likely, drawn towards those of ``prior``.

    Features no case shows (those of a conversation) so keep their weight, and those ``HELD`` always do.
    The strength of the pull is chosen by ``FOLDS``-fold cross-validation. Raises ``ValueError`` with fewer
    groups than folds.
    """
    groups = sorted({case.group for case in cases})
    if len(groups) < FOLDS:
        raise ValueError(f"{len(groups)} questions are fewer than {FOLDS} folds")
    Random(_SEED).shuffle(groups)
    fold_of = {group: place % FOLDS for place, group in enumerate(groups)}
    start = _vector(prior)
    tried = [(penalty, _left_out(cases, fold_of, start, penalty)) for penalty in PENALTIES]
    losses = [_loss_of(cases, scores) for _, scores in tried]
    place = int(np.argmin(losses))
    penalty, scores = tried[place]
    return Fitted(
        model=_model(_fit(cases, start, penalty)),
        scores=tuple(scores),
        penalty=penalty,
        loss_before=_loss_of(cases, [_probabilities(case.features, start) for case in cases]),
        loss=losses[place],
    )


def places(cases: Sequence[Case], scores: Sequence[Floats], within: int) -> float:
    """Share of cases with a meant candidate in the shortlist that have one in the best ``within`` places."""
    hits = [
        bool(case.right[np.argsort(-score, kind="stable")[:within]].any())
        for case, score in zip(cases, scores, strict=True)
        if case.right.any()
    ]
    return round(sum(hits) / len(hits), 4) if hits else 0.0


def _left_out(cases: Sequence[Case], fold_of: dict[int, int], start: Floats, penalty: float) -> list[Floats]:
    fitted = [
        _fit([case for case in cases if fold_of[case.group] != fold], start, penalty) for fold in range(FOLDS)
    ]
    return [_probabilities(case.features, fitted[fold_of[case.group]]) for case in cases]


def _fit(cases: Sequence[Case], start: Floats, penalty: float) -> Floats:
    rows = np.vstack([case.features for case in cases])
    right = np.concatenate([case.right for case in cases])
    owner = np.repeat(np.arange(len(cases)), [len(case.right) for case in cases])
    free = np.array([name not in HELD for name in NAMES] + [True])
    none_meant = ~np.array([case.right.any() for case in cases])

    def objective(point: Floats) -> tuple[float, Floats]:
        """Loss and its gradient; the last number of ``point`` is the score of "none of them"."""
        scores = rows @ point[:-1]
        whole = _by_case(scores, owner, len(cases), point[-1], np.ones(len(cases), dtype=bool))
        kept = np.where(right, scores, -np.inf)
        meant = _by_case(kept, owner, len(cases), point[-1], none_meant)
        pull = point - start
        slope = np.exp(scores - whole[owner]) - np.where(right, np.exp(scores - meant[owner]), 0.0)
        nothing = np.exp(point[-1] - whole) - none_meant
        gradient = np.append(rows.T @ slope, nothing.sum()) + penalty * pull
        return float((whole - meant).sum() + penalty * (pull @ pull) / 2), gradient * free

    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    point: Floats = found.x
    return point


def _by_case(
    scores: Floats, owner: NDArray[np.int64], count: int, nothing: float, with_nothing: NDArray[np.bool_]
) -> Floats:
    """Log of the summed powers of each case's scores, with "none of them" where it takes part."""
    top = np.where(with_nothing, nothing, -np.inf)
    np.maximum.at(top, owner, scores)
    total = np.where(with_nothing, np.exp(nothing - top), 0.0)
    np.add.at(total, owner, np.exp(scores - top[owner]))
    result: Floats = top + np.log(total)
    return result


def _probabilities(features: Floats, point: Floats) -> Floats:
    scores = features @ point[:-1]
    result: Floats = np.exp(scores - logsumexp(np.append(scores, point[-1])))
    return result


def _loss_of(cases: Sequence[Case], scores: Sequence[Floats]) -> float:
    chances = [
        float(score[case.right].sum()) if case.right.any() else 1.0 - float(score.sum())
        for case, score in zip(cases, scores, strict=True)
    ]
    return round(float(-np.log(np.maximum(chances, 1e-9)).mean()), 4)


def _vector(model: RankingModel) -> Floats:
    return np.array([*(model.weights[name] for name in NAMES), model.nothing])


def _model(point: Floats) -> RankingModel:
    weights = {name: round(float(value), 4) for name, value in zip(NAMES, point[:-1], strict=True)}
    return RankingModel(weights, round(float(point[-1]), 4))
