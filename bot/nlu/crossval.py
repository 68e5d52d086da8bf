"""How well the question classifier does on examples it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.nlu.features import extract
from bot.nlu.linear_model import LinearModel
from bot.nlu.training import fit
from bot.nlu.variation import Example, Phrases
from bot.text import fold

_SEED = 7
_BINS = 10


@dataclass(frozen=True)
class Report:
    """Shares of right answers (0–1) as written and without accents.

    `calibration_error` is the mean distance between stated probability and share right over ten
    equal ranges of probability, weighted by their size. `confusions` counts (true, guessed) pairs
    of the text as written, most frequent first.
    """

    accuracy: float
    accuracy_unaccented: float
    calibration_error: float
    confusions: tuple[tuple[tuple[str, str], int], ...]


def cross_validate(examples: Sequence[Example], phrases: Phrases = Phrases(), folds: int = 5) -> Report:
    """Train on all folds but one, judge on that one, for every fold.

    Raises ValueError when a label has fewer examples than there are folds.
    """
    labels = [example.label for example in examples]
    least = min(Counter(labels).values())
    if least < folds:
        raise ValueError(f"a label has {least} examples, fewer than {folds} folds")
    parts = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    judged: list[tuple[str, str, float, bool]] = []
    for inside, outside in parts.split(labels, labels):
        model = fit([examples[i] for i in inside], phrases)
        judged.extend(_judge(model, [examples[i] for i in outside]))
    return _report(judged)


def evaluate(model: LinearModel, examples: Sequence[Example]) -> Report:
    """The same report for a trained model on other examples."""
    return _report(_judge(model, examples))


def _judge(model: LinearModel, examples: Sequence[Example]) -> list[tuple[str, str, float, bool]]:
    """(true label, guess, its probability, whether the unaccented text is right)."""
    rows = []
    for text, label in examples:
        chances = model.probabilities(extract(text))
        plain = model.probabilities(extract(fold(text)))
        best = int(chances.argmax())
        right = model.labels[int(plain.argmax())] == label
        rows.append((label, model.labels[best], float(chances[best]), right))
    return rows


def _report(judged: Sequence[tuple[str, str, float, bool]]) -> Report:
    right = np.array([true == guess for true, guess, _, _ in judged], dtype=float)
    stated = np.array([chance for _, _, chance, _ in judged])
    bins = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    error = sum(abs(float((stated - right)[bins == b].sum())) for b in range(_BINS)) / len(judged)
    wrong = Counter((true, guess) for true, guess, _, _ in judged if true != guess)
    return Report(
        accuracy=float(right.mean()),
        accuracy_unaccented=float(np.mean([plain for _, _, _, plain in judged])),
        calibration_error=error,
        confusions=tuple(wrong.most_common()),
    )
