"""The card: what staff decide by must be complete and countable by hand."""

from datetime import datetime

from bot.answers.intent import Intent
from bot.evaluation.card import Origin, against, card
from bot.evaluation.card_table import card_text
from bot.evaluation.gates import Limit, check
from bot.evaluation.runner import Evaluation

ORIGIN = Origin(
    fingerprints={"nlu": "ab"},
    search={"thresholds": {"certain": 0.7}, "weights": {}},
    machine={"cpu": "test", "cores": 2, "load": 0.5},
    sizes={"model_bytes": 2_950_000, "procedures": 4, "questions": 3},
    training_seconds=41.0,
    commit="0123456789abcdef",
    uncommitted=True,
)


def made(judged):
    """Three questions: right at 0.5, wrong at 0.5 with its intent mistaken, and one nobody searched for."""
    turns = (
        judged(("1.000001",), about="1.000001", candidates=("1.000001", "1.000002")),
        judged(("1.000001",), about="1.000002", candidates=("1.000002",), understood=Intent.ASK_TIME),
        judged(intent=Intent.GREET, understood=Intent.GREET, outcome="courtesy"),
    )
    evaluation = Evaluation(turns, {"telex": turns[:1]})
    gates = {"procedure_top1": Limit(floor=0.95), "answered_wrong": Limit(ceiling=0.5)}
    return card("m", datetime(2026, 11, 22), evaluation, check(evaluation.report(), gates), ORIGIN)


def test_the_card_counted_by_hand(judged):
    found = made(judged)
    assert found["released"] is False
    assert found["fell"] == [{"metric": "procedure_top1", "value": 0.5, "limit": "≥ 0.95"}]
    assert found["metrics"]["n"] == 3 and found["metrics"]["variants"]["telex"]["n"] == 1
    assert found["intents"]["ask_fee"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "n": 2}
    assert found["confusions"] == [{"meant": "ask_fee", "taken_for": "ask_time", "n": 1}]
    assert found["calibration"] == [{"low": 0.5, "high": 0.6, "n": 2, "stated": 0.5, "right": 0.5}]
    assert (found["data"], found["commit"], found["uncommitted"]) == ({"nlu": "ab"}, ORIGIN.commit, True)
    assert found["training_seconds"] == 41.0 and found["sizes"]["procedures"] == 4


def test_worse_than_another_model_is_not_released():
    good = {"released": True, "fell": []}
    assert against(good, "old", [])["released"] is True
    row = {"metric": "procedure_top1", "before": 0.9, "value": 0.8}
    assert against(good, "old", [row]) == {
        "released": False,
        "fell": [],
        "compared": {"model": "old", "worse": [row]},
    }
    assert against({"released": False}, "old", [])["released"] is False


def test_the_card_can_be_read_whole(judged):
    row = {"metric": "intents.ask_fee.f1", "before": 0.9, "value": 0.6667}
    text = card_text(against(made(judged), "old", [row]))
    lines = [line.split() for line in text.splitlines()]
    for words in (
        "Mã nguồn 0123456789ab (có thay đổi chưa lưu)",
        "Huấn luyện (giây) 41",
        "Tệp mô hình (MB) 2,95",
        "Đúng thủ tục ở vị trí 1 50,0 % ≥ 0.95",
        "ask_fee: F1 66,7 % trước là 90,0 %",
        "ask_fee 100,0 % 50,0 % 66,7 % 2",
        "ask_fee ask_time 1",
        "0,5–0,6 2 50,0 % 50,0 %",
        "certain 0,7",
        "nlu ab",
    ):
        assert words.split() in lines, words


def test_a_card_of_an_older_release_still_opens(judged):
    """The model to go back to is the one whose card was written long ago."""
    new = made(judged)
    parts = ("model", "made", "released", "fell", "data", "search", "metrics", "intents", "confusions")
    text = card_text({part: new[part] for part in parts})
    assert "Huấn luyện" in text and "dự báo" not in text
