"""The gate: a worse model, a misspelt metric or an unmeasured one must not slip through."""

from pathlib import Path

import pytest

from bot.evaluation.gates import Limit, check, read_gates

ROOT = Path(__file__).resolve().parents[2]
REPORT = {
    "procedure_top1": 0.9,
    "answered_wrong": 0.03,
    "out_of_scope_recall": None,
    "latency_ms": {"p50": 4.0},
    "variants": {"telex": {"procedure_top1": 0.8}},
}


def test_floors_and_ceilings_by_hand():
    gates = read_gates(
        b'{"procedure_top1": {"floor": 0.9}, "answered_wrong": {"ceiling": 0.02},'
        b' "latency_ms.p50": {"ceiling": 5}, "variants.telex.procedure_top1": {"floor": 0.85},'
        b' "out_of_scope_recall": {"floor": 0.5}, "variants.vni.refused": {"ceiling": 1}}'
    )
    assert [(v.metric, v.kept) for v in check(REPORT, gates)] == [
        ("procedure_top1", True),
        ("answered_wrong", False),
        ("latency_ms.p50", True),
        ("variants.telex.procedure_top1", False),
        ("out_of_scope_recall", False),
        ("variants.vni.refused", False),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'{"procedure_top2": {"floor": 1}}',
        b'{"variants.nosuch.refused": {"floor": 1}}',
        b'{"variants.telex": {"floor": 1}}',
        b'{"procedure_top1": {}}',
        b'{"procedure_top1": {"flor": 1}}',
        b"[]",
    ],
)
def test_a_gate_that_could_never_close_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011
        read_gates(content)


def test_the_shipped_gates_stand_and_forbid_failing_turns():
    gates = read_gates((ROOT / "data" / "evaluation" / "gates.json").read_bytes())
    assert gates["errors"] == Limit(ceiling=0)
    assert gates["answered_wrong"].ceiling is not None
