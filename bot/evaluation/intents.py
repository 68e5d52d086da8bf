"""How each kind of question fares: precision, recall, F1 and what it is taken for. Pure."""

from collections import Counter
from collections.abc import Sequence

from bot.evaluation.metrics import Judged


def scores(judged: Sequence[Judged]) -> dict[str, dict[str, float | int]]:
    """Per intent ``{"precision", "recall", "f1", "n"}``; ``n`` rows carry the label, shares in 0–1."""
    pairs = _pairs(judged)
    labelled = Counter(true for true, _ in pairs)
    guessed = Counter(guess for _, guess in pairs)
    right = Counter(true for true, guess in pairs if true == guess)
    return {name: _score(right[name], guessed[name], n) for name, n in sorted(labelled.items())}


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """(labelled, acted on, how often) of every pair that differs, most frequent first."""
    wrong = Counter((true, guess) for true, guess in _pairs(judged) if true != guess)
    return sorted(((a, b, n) for (a, b), n in wrong.items()), key=lambda row: (-row[2], row[0], row[1]))


def _pairs(judged: Sequence[Judged]) -> list[tuple[str, str]]:
    return [(j.row.intent.value, str(j.reply["intent"])) for j in judged if j.row.intent is not None]


def _score(right: int, guessed: int, labelled: int) -> dict[str, float | int]:
    precision = right / guessed if guessed else 0.0
    recall = right / labelled
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "n": labelled}
