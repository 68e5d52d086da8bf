"""The figures of a contender over labelled questions. Pure."""

from collections.abc import Collection, Sequence
from typing import Any

from bot.evaluation.dataset import Row
from bot.evaluation.intents import scores
from bot.evaluation.metrics import Judged, judge, percentile
from bot.evaluation.rivals.guess import PLACES, Guess
from bot.evaluation.rivals.measuring import Run


def procedure_figures(rows: Sequence[Row], run: Run, catalogue: Collection[str]) -> dict[str, Any]:
    """``{"n", "top1", "top3", "mrr"}`` and times over the rows whose procedure the catalogue holds.

    ``mrr``: mean of 1 / place of the first right procedure, 0 where none is among the best ``PLACES``.
    Shares lie in 0–1, rounded to 4 places, ``None`` without rows; times (``p50``, ``p95`` by the clock,
    ``work_p50``, ``work_p95`` of work on a core, milliseconds) are those of all rows.
    """
    counted = [judged for judged in _judged(rows, run.guesses, catalogue) if judged.covered]
    n = len(counted)
    return {
        "n": n,
        "top1": _share(sum(judged.found_within(1) for judged in counted), n),
        "top3": _share(sum(judged.found_within(3) for judged in counted), n),
        "mrr": _share(sum(_reciprocal_rank(judged) for judged in counted), n),
        **_times(run),
    }


def intent_figures(rows: Sequence[Row], run: Run) -> dict[str, Any]:
    """``{"n", "accuracy", "macro_f1", "unsure"}`` and times over the rows that carry an intent.

    ``macro_f1``: mean F1 of the intents that occur as labels, however rare. ``unsure``: share of the rows
    the contender would rather not decide on; its first choice counts in the other figures all the same.
    """
    judged = _judged(rows, run.guesses, ())
    counted = [found for found in judged if found.row.intent is not None]
    unsure = sum(guess.unsure for row, guess in zip(rows, run.guesses, strict=True) if row.intent is not None)
    f1 = [float(score["f1"]) for score in scores(judged).values()]
    return {
        "n": len(counted),
        "accuracy": _share(sum(found.intent_right for found in counted), len(counted)),
        "macro_f1": _share(sum(f1), len(f1)),
        "unsure": _share(unsure, len(counted)),
        **_times(run),
    }


def _judged(rows: Sequence[Row], guesses: Sequence[Guess], catalogue: Collection[str]) -> list[Judged]:
    return [
        judge(row, {"intent": guess.intent, "candidates": [{"code": c} for c in guess.codes]}, catalogue)
        for row, guess in zip(rows, guesses, strict=True)
    ]


def _reciprocal_rank(judged: Judged) -> float:
    place = next((place for place in range(1, PLACES + 1) if judged.found_within(place)), None)
    return 1 / place if place else 0.0


def _share(hits: float, of: int) -> float | None:
    return round(hits / of, 4) if of else None


def _times(run: Run) -> dict[str, float | None]:
    kinds = {"": sorted(run.times_ms), "work_": sorted(run.work_ms)}
    return {
        f"{kind}p{share}": percentile(ordered, share) for kind, ordered in kinds.items() for share in (50, 95)
    }
