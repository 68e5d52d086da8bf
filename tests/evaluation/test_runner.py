"""Running rows: every question asked once per variant, failures counted and not hidden."""

from typing import Any

import pytest

from bot.evaluation.dataset import Row
from bot.evaluation.runner import run


def reply(question: str) -> dict[str, Any]:
    if question == "hỏng":
        raise RuntimeError("no answer")
    return {
        "question": question,
        "intent": "ask_fee",
        "confidence": 1.0,
        "outcome": "answered",
        "procedure_code": "1.000001" if "í" in question else None,
        "candidates": [{"code": "1.000001", "name": "", "score": 1.0}] if "í" in question else [],
        "text": "",
        "elapsed_ms": 2.0,
    }


ROWS = [Row("a", "lệ phí", None, ("1.000001",)), Row("b", "hỏng")]


def test_variants_have_the_same_keys_and_their_own_figures():
    asked: list[int] = []
    found = run(ROWS[:1], reply, {"1.000001"}, ["unaccented"], asked.append).report()
    assert found["procedure_top1"] == 1.0
    assert found["variants"]["unaccented"]["procedure_top1"] == 0.0
    assert set(found) - {"variants"} == set(found["variants"]["unaccented"])
    assert asked == [1, 1]


def test_a_failing_turn_is_an_error_and_the_rest_runs():
    found = run(ROWS[::-1], reply, {"1.000001"}).report()
    assert (found["n"], found["errors"], found["procedure_top1"]) == (2, 1, 1.0)


def test_an_unknown_variant_is_refused_before_anything_is_asked():
    with pytest.raises(KeyError):
        run(ROWS, reply, (), ["nosuch"])
