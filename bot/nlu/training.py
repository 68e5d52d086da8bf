"""Fit the question classifier on labelled examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.features import Group, extract
from bot.nlu.linear_model import Integers, LinearModel, rows_of, softmax, vectors
from bot.nlu.packed_lines import Floats, Rows
from bot.nlu.variation import Example, Phrases, vary

_RAREST = 2
_PENALTY = 0.5
_SHARPNESS = np.arange(1.0, 12.1, 0.5)
# One part in so many is kept apart for calibration: thousands of examples settle a single number.
_CALIBRATION_FOLDS = 4
_TOLERANCE = 0.01
_SEED = 20260101

Features = tuple[Group, ...]


def fit(examples: Sequence[Example], phrases: Phrases = Phrases()) -> LinearModel:
    """Train on (text, label) pairs and variations of them made with `phrases`.

    The sharpness of the probabilities is chosen on examples the scores were not trained on.
    Raises ValueError when fewer than two labels are given.
    """
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise ValueError("at least two labels are needed")
    answers = [example.label for example in examples]
    seen = [extract(example.text) for example in examples]
    varied = [[extract(text) for text in vary(example, phrases)] for example in examples]
    folds = StratifiedKFold(_CALIBRATION_FOLDS, shuffle=True, random_state=_SEED)
    inside, outside = next(folds.split(answers, answers))
    part = _fit(inside, seen, varied, answers, labels)
    scores = np.zeros((len(outside), len(labels)), dtype=np.float32)
    for row, index in enumerate(outside):
        scores[row] = part.scores(seen[index])
    sharpness = _sharpness(scores, np.array([labels.index(answers[index]) for index in outside]))
    whole = _fit(np.arange(len(examples)), seen, varied, answers, labels)
    return LinearModel(labels, whole.rows, whole.rarity, whole.weights, whole.bias, sharpness)


def _fit(
    chosen: Integers,
    seen: Sequence[Features],
    varied: Sequence[Sequence[Features]],
    answers: Sequence[str],
    labels: tuple[str, ...],
) -> LinearModel:
    rows = [seen[i] for i in chosen]
    targets = [labels.index(answers[i]) for i in chosen]
    for i in chosen:
        rows.extend(varied[i])
        targets.extend([labels.index(answers[i])] * len(varied[i]))
    counts = Counter(number for i in chosen for group in seen[i] for number in group)
    kept = sorted((number, count) for number, count in counts.items() if count >= _RAREST)
    known = rows_of(np.array([number for number, _ in kept], dtype=np.int64))
    rarity = np.array([1 + np.log((1 + len(chosen)) / (1 + count)) for _, count in kept], dtype=np.float32)
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=_SEED)
    machine.fit(_matrix(rows, known, rarity), targets)
    weights, bias = machine.coef_.T, machine.intercept_
    if len(labels) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return LinearModel(
        labels, known, rarity, np.ascontiguousarray(weights, dtype=np.float32), bias.astype(np.float32), 1.0
    )


def _matrix(rows: Sequence[Features], known: Rows, rarity: Floats) -> csr_matrix:
    starts = [0]
    columns: list[Rows] = []
    values: list[Floats] = []
    for row in rows:
        found, weights, _ = vectors([row], known, rarity)
        columns.append(found)
        values.append(weights)
        starts.append(starts[-1] + len(found))
    data = (np.concatenate(values), np.concatenate(columns), np.array(starts))
    return csr_matrix(data, shape=(len(rows), len(rarity)), dtype=np.float64)


def _sharpness(scores: Floats, answers: Integers) -> float:
    """The factor with the least log loss."""
    rows = np.arange(len(answers))
    losses = [-np.log(softmax(scores * np.float32(by))[rows, answers] + 1e-9).mean() for by in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(losses))])
