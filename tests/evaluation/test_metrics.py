"""Every figure on rows counted by hand: a wrong figure would let a worse model out."""

from bot.answers.intent import Intent
from bot.evaluation.metrics import percentile, report


def test_top1_and_top3_count_any_accepted_code_among_rows_of_the_catalogue(judged):
    rows = [
        judged(("1.000001",), candidates=("1.000001", "1.000002")),
        judged(("1.000003", "1.000002"), candidates=("1.000001", "1.000002")),
        judged(("1.000004",), candidates=("1.000001", "1.000002", "1.000003", "1.000004")),
        judged(("9.999999",), candidates=()),
        judged((), candidates=("1.000001",)),
    ]
    found = report(rows)
    assert found["counts"]["procedure_top1"] == [1, 3]
    assert found["counts"]["procedure_top3"] == [2, 3]
    assert found["procedure_top1"] == 0.3333
    assert found["procedure_top3"] == 0.6667
    assert found["not_in_catalogue"] == 1
    assert found["n"] == 5


def test_a_row_with_one_code_in_the_catalogue_is_covered(judged):
    assert report([judged(("9.999999", "1.000002"), candidates=("1.000002",))])["procedure_top1"] == 1.0


def test_intent_accuracy_leaves_out_rows_without_intent(judged):
    rows = [
        judged(intent=Intent.ASK_FEE, understood=Intent.ASK_FEE),
        judged(intent=Intent.ASK_TIME, understood=Intent.ASK_FEE),
        judged(intent=None),
    ]
    assert report(rows)["counts"]["intent_accuracy"] == [1, 2]


def test_answered_right_wants_the_meant_procedure_answered_or_guided(judged):
    rows = [
        judged(("1.000001",), "answered", "1.000001"),
        judged(("1.000001",), "guided", "1.000001"),
        judged(("1.000001",), "guided", None),
        judged(("1.000001",), "answered", "1.000002"),
        judged(("1.000001",), "asked_back", None, ("1.000001",)),
        judged(("9.999999",), "no_data"),
    ]
    assert report(rows)["counts"]["answered_right"] == [2, 5]


def test_answered_wrong_counts_every_answer_about_something_else(judged):
    rows = [
        judged(("1.000001",), "answered", "1.000001"),
        judged(("1.000001",), "answered", "1.000002"),
        judged((), "answered", "1.000002"),
        judged((), "answered", None),
        judged(("9.999999",), "answered", "1.000002"),
        judged((), "listed", in_scope=False, intent=Intent.OUT_OF_SCOPE),
        judged((), "out_of_scope", in_scope=False, intent=Intent.OUT_OF_SCOPE),
        judged((), "asked_back", in_scope=False, intent=Intent.OUT_OF_SCOPE),
    ]
    found = report(rows)
    assert found["counts"]["answered_wrong"] == [4, 8]
    assert found["answered_wrong"] == 0.5


def test_asked_back_and_refused_are_shares_of_all_rows(judged):
    rows = [
        judged(("1.000001",), "asked_back"),
        judged(("1.000001",), "no_data"),
        judged(("1.000001",), "out_of_scope"),
        judged((), "out_of_scope", in_scope=False),
        judged((), "courtesy"),
    ]
    found = report(rows)
    assert found["counts"]["asked_back"] == [1, 5]
    assert found["counts"]["refused"] == [2, 5]


def test_out_of_scope_recall_accepts_safety_and_courtesy_only_to_insults(judged):
    rows = [
        judged((), "out_of_scope", in_scope=False, intent=Intent.OUT_OF_SCOPE),
        judged((), "safety", in_scope=False, intent=Intent.EMERGENCY),
        judged((), "courtesy", in_scope=False, intent=Intent.INSULT),
        judged((), "courtesy", in_scope=False, intent=Intent.OUT_OF_SCOPE),
        judged((), "answered", "1.000001", in_scope=False, intent=Intent.OUT_OF_SCOPE),
        judged((), "out_of_scope"),
    ]
    assert report(rows)["counts"]["out_of_scope_recall"] == [3, 5]


def test_in_scope_refused_counts_refusals_and_needless_safety_answers(judged):
    rows = [
        judged(("1.000001",), "out_of_scope"),
        judged(("1.000001",), "safety"),
        judged((), "safety", intent=Intent.SCAM_ALERT),
        judged((), "safety", intent=Intent.CORRUPTION_REPORT),
        judged(("1.000001",), "no_data"),
        judged((), "out_of_scope", in_scope=False),
    ]
    assert report(rows)["counts"]["in_scope_refused"] == [2, 5]


def test_a_share_of_no_rows_is_unknown_not_perfect(judged):
    assert report([judged()])["out_of_scope_recall"] is None
    assert report([])["latency_ms"] == {"p50": None, "p95": None, "p99": None}


def test_failed_turns_are_counted(judged):
    assert report([judged(outcome="error"), judged()])["errors"] == 1


def test_percentiles_take_the_nearest_rank():
    times = [float(n) for n in range(1, 21)]
    assert [percentile(times, share) for share in (50, 95, 99)] == [10.0, 19.0, 20.0]
    assert percentile([7.0], 50) == 7.0
