"""Figures of the comparison by hand. A miscounted rank would crown the wrong way to search."""

import pytest

from bot.answers.intent import Intent
from bot.evaluation.dataset import Row
from bot.evaluation.rivals.figures import intent_figures, procedure_figures
from bot.evaluation.rivals.guess import Guess
from bot.evaluation.rivals.measuring import Run

TIMES = {"p50": 3, "p95": 6, "work_p50": 1, "work_p95": 2}


def test_ranks_by_hand():
    """Right at places 1, 2 and 4, once not at all: MRR (1 + 1/2 + 1/4 + 0) / 4; two rows do not count."""
    rows = [
        Row("1", "a", procedure_codes=("A",)),
        Row("2", "b", procedure_codes=("X", "B")),
        Row("3", "c", procedure_codes=("C",)),
        Row("4", "d", procedure_codes=("D",)),
        Row("5", "not in the catalogue", procedure_codes=("Z",)),
        Row("6", "about no procedure"),
    ]
    guesses = [
        Guess(("A", "B")),
        Guess(("A", "B")),
        Guess(("A", "B", "D", "C")),
        Guess(("A", "B")),
        Guess(("Z",)),
        Guess(("A",)),
    ]
    found = procedure_figures(
        rows, Run(tuple(guesses), (6, 5, 4, 3, 2, 1), (1, 1, 1, 1, 2, 2)), {"A", "B", "C", "D"}
    )
    assert found == {"n": 4, "top1": 0.25, "top3": 0.5, "mrr": 0.4375, **TIMES}


def test_intents_by_hand():
    """Fees: 2 labelled, 1 found, 1 guessed → F1 2/3. Times: 1 labelled, found, 2 guessed → F1 2/3.
    Greetings: 1 labelled, never found → 0. Macro F1 (2/3 + 2/3 + 0) / 3.
    """
    rows = [
        Row("1", "a", Intent.ASK_FEE),
        Row("2", "b", Intent.ASK_FEE),
        Row("3", "c", Intent.ASK_TIME),
        Row("4", "d", Intent.GREET),
        Row("5", "no intent labelled"),
    ]
    guesses = [
        Guess(intent="ask_fee"),
        Guess(intent="ask_time"),
        Guess(intent="ask_time", unsure=True),
        Guess(intent=None),
        Guess(intent="greet", unsure=True),
    ]
    found = intent_figures(rows, Run(tuple(guesses), (1, 2, 3, 4, 5), (1, 1, 1, 1, 1)))
    assert found["n"] == 4 and found["accuracy"] == 0.5 and found["unsure"] == 0.25
    assert found["macro_f1"] == pytest.approx(4 / 9, abs=1e-4)


def test_nothing_asked_has_no_figures():
    nothing = Run((), (), ())
    assert set(procedure_figures([], nothing, ()).values()) == {0, None}
    assert set(intent_figures([], nothing).values()) == {0, None}
