"""Scores per kind of question, counted by hand."""

from bot.answers.intent import Intent
from bot.evaluation.intents import confusions, scores


def test_precision_recall_and_confusions(judged):
    fee, time = Intent.ASK_FEE, Intent.ASK_TIME
    rows = [
        judged(intent=fee, understood=fee),
        judged(intent=fee, understood=time),
        judged(intent=fee, understood=time),
        judged(intent=time, understood=time),
        judged(intent=None, understood=fee),
    ]
    assert scores(rows) == {
        "ask_fee": {"precision": 1.0, "recall": 0.3333, "f1": 0.5, "n": 3},
        "ask_time": {"precision": 0.3333, "recall": 1.0, "f1": 0.5, "n": 1},
    }
    assert confusions(rows) == [("ask_fee", "ask_time", 2)]


def test_a_kind_never_understood_scores_nothing(judged):
    found = scores([judged(intent=Intent.ASK_FEE, understood=Intent.ASK_TIME)])
    assert found["ask_fee"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}
