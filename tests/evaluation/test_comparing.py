"""Two models side by side, counted by hand."""

from typing import Any

from bot.evaluation.comparing import compare, same_conditions, same_questions
from bot.evaluation.comparison_table import comparison
from bot.evaluation.tolerance import Tolerance

TOLERANCES = {
    "procedure_top1": Tolerance(absolute=0.01),
    "procedure_top3": Tolerance(absolute=0.01),
    "latency_ms.p50": Tolerance(relative=0.5),
    "variants.*.procedure_top1": Tolerance(absolute=0.01),
    "intents.*.f1": Tolerance(absolute=0.05, rows=20),
}


QUIET = {"cpu": "test", "cores": 2, "load": 1.5}


def score(f1: float, n: int) -> dict[str, float]:
    return {"precision": f1, "recall": f1, "f1": f1, "n": n}


BEFORE: dict[str, Any] = {
    "machine": QUIET,
    "data": {"evaluation": "x", "catalogue": "y"},
    "metrics": {
        "procedure_top1": 0.90,
        "procedure_top3": 0.95,
        "answered_wrong": 0.04,
        "asked_back": 0.20,
        "errors": 0,
        "latency_ms": {"p50": 8.0},
        "variants": {"telex": {"procedure_top1": 0.85}, "vni": {"procedure_top1": 0.8}},
    },
    "intents": {"ask_fee": score(0.9, 30), "greet": score(0.9, 10), "thanks": score(0.9, 25)},
}
AFTER: dict[str, Any] = {
    "machine": QUIET,
    "data": {"evaluation": "x", "catalogue": "y"},
    "metrics": {
        "procedure_top1": 0.88,
        "procedure_top3": 0.945,
        "answered_wrong": 0.02,
        "asked_back": 0.25,
        "errors": 0,
        "latency_ms": {"p50": 11.0},
        "variants": {"telex": {"procedure_top1": 0.86}, "upper": {"procedure_top1": 0.5}},
    },
    "intents": {"ask_fee": score(0.84, 30), "greet": score(0.7, 10), "deny": score(0.1, 40)},
}


def found():
    return {difference.metric: difference for difference in compare(BEFORE, AFTER, TOLERANCES)}


def test_what_fell_beyond_its_tolerance():
    """Not greet: ten questions are too few; not deny and upper: never measured before."""
    assert [name for name, d in found().items() if d.fell] == [
        "procedure_top1",
        "variants.vni.procedure_top1",
        "intents.ask_fee.f1",
        "intents.thanks.f1",
    ]


def test_better_and_worse_go_the_way_each_figure_means():
    """Fewer wrong answers are better, a higher time is worse, and asking back is neither."""
    told = found()
    names = ("procedure_top1", "answered_wrong", "latency_ms.p50", "asked_back", "errors", "refused")
    assert [told[name].better for name in names] == [False, True, False, None, None, None]
    assert told["answered_wrong"].change == -0.02
    assert told["variants.upper.procedure_top1"].change is None


def test_a_busy_machine_says_nothing_about_speed():
    """Otherwise a backup running beside the measurement would stop a release."""
    slow = {**AFTER, "metrics": {**AFTER["metrics"], "latency_ms": {"p50": 80.0}}}

    def fell(machine: dict[str, object] | None) -> bool:
        differences = compare(BEFORE, {**slow, "machine": machine}, TOLERANCES)
        return any(d.fell for d in differences if d.metric == "latency_ms.p50")

    told = [fell(QUIET), fell({**QUIET, "load": 2.1}), fell({**QUIET, "cpu": "other"}), fell(None)]
    assert told == [True, False, False, False]
    assert same_conditions(BEFORE, AFTER)


def test_other_questions_are_noticed():
    assert same_questions(BEFORE, AFTER)
    assert not same_questions(BEFORE, {**AFTER, "data": {"evaluation": "z", "catalogue": "y"}})


def test_the_table_marks_what_staff_must_see():
    lines = comparison(("a", "b"), list(found().values())).splitlines()
    told = {line.split("  ")[1]: " ".join(line.split()) for line in lines if line.strip()}
    assert told["Đúng thủ tục ở vị trí 1"].endswith("90,0 % 88,0 % ↓ -2,0 điểm ✗ kém quá mức cho phép")
    assert told["Đúng thủ tục trong 3 vị trí đầu"].endswith("↓ -0,5 điểm kém hơn")
    assert told["Trả lời sai thủ tục"].endswith("4,0 % 2,0 % ↓ -2,0 điểm tốt hơn")
    assert told["Hỏi lại"].endswith("20,0 % 25,0 % ↑ +5,0 điểm")
    assert told["Thời gian một lượt p50 (ms)"].endswith("8 11 ↑ +3 kém hơn")
    assert told["Lượt lỗi"].endswith("0 0 =")
    assert told["vni: Đúng thủ tục ở vị trí 1"].endswith("80,0 % – – ✗ kém quá mức cho phép")
    assert told["ask_fee: F1"].endswith("90,0 % 84,0 % ↓ -6,0 điểm ✗ kém quá mức cho phép")
