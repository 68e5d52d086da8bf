"""All contenders over all questions as one report."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.evaluation.dataset import Row
from bot.evaluation.rivals.contenders import Contender
from bot.evaluation.rivals.figures import intent_figures, procedure_figures
from bot.evaluation.rivals.measuring import Measured, aside, measure
from bot.evaluation.variants import vary

AS_WRITTEN = "as_written"
Read = Callable[[str], str]
"""What is done to a question before any contender sees it."""


def questions_of(
    sets: Mapping[str, Sequence[Row]], variants: Iterable[str], read: Read
) -> dict[str, tuple[str, ...]]:
    """Every set as written and in every variant, under ``set/variant``, as all contenders get it."""
    names = [AS_WRITTEN, *variants]
    return {
        f"{of}/{name}": tuple(
            read(row.question if name == AS_WRITTEN else vary(row.question, name)) for row in rows
        )
        for of, rows in sets.items()
        for name in names
    }


def compare(
    contenders: Iterable[Contender],
    sets: Mapping[str, Sequence[Row]],
    questions: Mapping[str, Sequence[str]],
    catalogue: Collection[str],
    say: Callable[[str], object] = lambda title: None,
) -> dict[str, Any]:
    """``{"finders", "sorters"}``: a row each contender, with ``{set/variant: figures}`` under ``runs``.

    ``say`` hears the title of every contender before it is measured.
    """
    report: dict[str, Any] = {"finders": [], "sorters": []}
    for contender in contenders:
        say(contender.title)
        measured = aside(measure, contender.opening, questions)
        about = _about(contender, measured)
        rows_of = {name: sets[name.rpartition("/")[0]] for name in questions}
        if contender.finds:
            runs = {
                name: procedure_figures(rows_of[name], run, catalogue) for name, run in measured.runs.items()
            }
            report["finders"].append({**about, "runs": runs})
        if contender.sorts:
            runs = {name: intent_figures(rows_of[name], run) for name, run in measured.runs.items()}
            report["sorters"].append({**about, "runs": runs})
    return report


def _about(contender: Contender, measured: Measured) -> dict[str, Any]:
    training = contender.trained.training if contender.trained else None
    return {
        "name": contender.name,
        "title": contender.title,
        "given": contender.given,
        "build_s": round(measured.build_s, 2),
        "memory_mb": round(measured.memory_mb, 1),
        "training_s": training.seconds if training else None,
        "training_cpu_s": training.cpu_seconds if training else None,
        "model_mb": training.size_mb if training else None,
    }
