"""How much worse is too much, counted by hand."""

from pathlib import Path

import pytest

from bot.evaluation.tolerance import Tolerance, falls, higher_is_better, read_tolerances, tolerance_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("metric", "before", "after", "tolerance", "fell"),
    [
        ("procedure_top1", 0.90, 0.89, Tolerance(absolute=0.01), False),
        ("procedure_top1", 0.90, 0.8899, Tolerance(absolute=0.01), True),
        ("procedure_top1", 0.90, 0.99, Tolerance(), False),
        ("procedure_top1", 0.90, 0.8999, Tolerance(), True),
        ("procedure_top1", 0.90, None, Tolerance(absolute=1), True),
        ("answered_wrong", 0.02, 0.023, Tolerance(absolute=0.003), False),
        ("answered_wrong", 0.02, 0.024, Tolerance(absolute=0.003), True),
        ("answered_wrong", 0.02, 0.00, Tolerance(), False),
        ("latency_ms.p50", 8.0, 12.0, Tolerance(relative=0.5), False),
        ("latency_ms.p50", 8.0, 12.1, Tolerance(relative=0.5), True),
        ("latency_ms.p50", 2.0, 7.0, Tolerance(absolute=5, relative=0.5), False),
        ("variants.telex.procedure_top1", 0.9, 0.8, Tolerance(absolute=0.05), True),
        ("intents.ask_fee.f1", 0.9, 0.8, Tolerance(absolute=0.2), False),
    ],
)
def test_a_loss_beyond_what_is_borne(metric, before, after, tolerance, fell):
    assert falls(metric, before, after, tolerance) is fell


def test_the_own_tolerance_goes_before_that_of_the_family():
    family, own = Tolerance(absolute=0.1), Tolerance(absolute=0.2)
    tolerances = {"variants.*.procedure_top1": family, "variants.vni.procedure_top1": own}
    assert tolerance_for("variants.telex.procedure_top1", tolerances) is family
    assert tolerance_for("variants.vni.procedure_top1", tolerances) is own
    assert tolerance_for("variants.vni.procedure_top3", tolerances) is None
    assert tolerance_for("procedure_top1", tolerances) is None


@pytest.mark.parametrize(
    "content",
    [
        b'{"procedure_top2": {"absolute": 1}}',
        b'{"variants.*.nosuch": {"absolute": 1}}',
        b'{"variants.nosuch.errors": {"absolute": 1}}',
        b'{"intents.nosuch.f1": {"absolute": 1}}',
        b'{"intents.*.recall": {"absolute": 1}}',
        b'{"asked_back": {"absolute": 1}}',
        b'{"procedure_top1": {"absolute": -1}}',
        b'{"procedure_top1": {"absolut": 1}}',
        b"[]",
    ],
)
def test_a_tolerance_that_would_never_be_used_is_refused(content):
    """A misspelt metric would let that figure fall unnoticed."""
    with pytest.raises(ValueError):  # noqa: PT011
        read_tolerances(content)


def test_the_shipped_tolerances_watch_the_figures_that_matter():
    tolerances = read_tolerances((ROOT / "data" / "evaluation" / "tolerances.json").read_bytes())
    for metric in ("procedure_top1", "answered_wrong", "variants.telex.procedure_top1", "intents.ask_fee.f1"):
        found = tolerance_for(metric, tolerances)
        assert found is not None and found.absolute <= 0.05
    assert tolerances["errors"].allowed(0) == 0
    assert higher_is_better("errors") is False and higher_is_better("refused") is None
