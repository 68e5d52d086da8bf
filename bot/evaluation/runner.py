"""Runs labelled questions, each as a fresh conversation, as written and in every variant."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.outcome import Outcome
from bot.evaluation.dataset import Row
from bot.evaluation.metrics import Judged, judge, report
from bot.evaluation.variants import VARIANTS, vary

Ask = Callable[[str], Mapping[str, Any]]
"""A question to the object of ``bot ask --json``."""


@dataclass(frozen=True)
class Evaluation:
    """The judged rows as written and by name of variant."""

    as_written: tuple[Judged, ...]
    variants: Mapping[str, tuple[Judged, ...]]

    def report(self) -> dict[str, Any]:
        """Figures of ``metrics.report``, with the same keys under ``variants`` by name."""
        return {
            **report(self.as_written),
            "variants": {name: report(judged) for name, judged in self.variants.items()},
        }


def run(
    rows: Sequence[Row],
    ask: Ask,
    in_catalogue: Collection[str],
    variants: Iterable[str] = (),
    progress: Callable[[int], object] = lambda done: None,
) -> Evaluation:
    """Ask every row, and every row again in each named variant.

    ``progress`` hears of every question done. Raises ``KeyError`` for an unknown variant.
    """

    def judged(chosen: Iterable[Row]) -> tuple[Judged, ...]:
        found: list[Judged] = []
        for row in chosen:
            found.append(judge(row, _asked(ask, row.question), in_catalogue))
            progress(1)
        return tuple(found)

    names = list(variants)
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise KeyError(unknown[0])
    return Evaluation(
        judged(rows),
        {name: judged(row.asking(vary(row.question, name)) for row in rows) for name in names},
    )


def _asked(ask: Ask, question: str) -> Mapping[str, Any]:
    started = time.perf_counter()
    try:
        return ask(question)
    # One failing turn must show up in the figures, not hide those of all the others.
    except Exception as problem:
        return {
            "question": question,
            "intent": None,
            "confidence": 0.0,
            "outcome": Outcome.ERROR.value,
            "procedure_code": None,
            "candidates": [],
            "text": f"{type(problem).__name__}: {problem}",
            "buttons": [],
            "sources": [],
            "as_of": None,
            "elapsed_ms": round((time.perf_counter() - started) * 1000, 2),
        }
