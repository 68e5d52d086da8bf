"""Holding conversations: one citizen each, failures counted and not hidden, every message kept to be read."""

import json

import pytest

from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind, DialogueTurn
from bot.evaluation.dialogues.got import Got, failed
from bot.evaluation.dialogues.runner import run
from bot.evaluation.dialogues.table import dialogue_figures

ONE, TWO = "1.000001", "1.000002"


class Newcomer:
    """Asked which at first; answered about the second procedure once something was said before."""

    def __init__(self) -> None:
        self._before: list[str] = []

    def says(self, message: str) -> Got:
        self._before.append(message)
        if message == "hỏng":
            raise RuntimeError("no answer")
        if len(self._before) == 1:
            return Got(message, "ask_fee", Outcome.ASKED_BACK, options=(ONE, TWO))
        return Got(message, "ask_fee", Outcome.ANSWERED, (TWO,))

    def presses(self, title: str) -> Got:
        return failed(f"[{title}]", "no such button")


def dialogue(*turns: DialogueTurn, id: str = "d") -> Dialogue:
    return Dialogue(id, DialogueKind.OPTION_PICKING, turns)


FIRST = DialogueTurn(say="lệ phí", asked_back=True)
PICK = DialogueTurn(say="cái thứ 2", picks=2)
AFTER = DialogueTurn(say="thế mất mấy ngày", keeps=True)


def test_a_pick_is_judged_by_what_was_offered_and_the_rest_by_what_was_picked() -> None:
    found = run([dialogue(FIRST, PICK, AFTER)], Newcomer)
    assert [turn.meant for turn in found.as_written[0].turns] == [(), (TWO,), (TWO,)]
    assert found.report()["dialogue_right"] == 1.0


def test_every_conversation_begins_with_somebody_new() -> None:
    """A memory of the conversation before would answer for another citizen."""
    asked: list[int] = []
    found = run([dialogue(FIRST, PICK), dialogue(FIRST, PICK, id="e")], Newcomer, progress=asked.append)
    assert found.report()["counts"]["dialogue_right"] == [2, 2]
    assert asked == [1, 1]


def test_a_failing_message_and_a_missing_button_are_errors_and_the_rest_runs() -> None:
    found = run([dialogue(DialogueTurn(say="hỏng"), DialogueTurn(press="Giấy tờ"), PICK)], Newcomer)
    broken, missing, after = found.as_written[0].turns
    assert broken.got.outcome is missing.got.outcome is Outcome.ERROR
    assert "RuntimeError: no answer" in broken.got.text
    assert after.got.codes == (TWO,)
    assert found.report()["errors"] == 2


def test_variants_change_the_words_and_never_the_buttons() -> None:
    whole = dialogue(FIRST, DialogueTurn(press="Giấy tờ"))
    found = run([whole], Newcomer, ["unaccented"])
    turns = found.variants["unaccented"][0].turns
    assert [turn.turn.said for turn in turns] == ["le phi", "[Giấy tờ]"]
    assert set(found.report()["variants"]["unaccented"]) == set(found.report()) - {"variants"}
    with pytest.raises(KeyError):
        run([whole], Newcomer, ["nosuch"])


def test_every_message_stands_in_the_rows_with_labels_and_reply() -> None:
    rows = [
        json.loads(line)
        for line in run([dialogue(FIRST, PICK)], Newcomer, ["upper"]).row_lines().split("\n")
        if line
    ]
    assert [(row["turn"], row["variant"]) for row in rows] == [
        (1, None),
        (2, None),
        (1, "upper"),
        (2, "upper"),
    ]
    assert rows[1]["expected_codes"] == [TWO] and rows[1]["codes"] == [TWO]
    assert (rows[1]["verdict"], rows[1]["right"], rows[1]["kind"]) == ("right", True, "option_picking")


def test_the_table_shows_every_kind_and_every_variant() -> None:
    shown = dialogue_figures(run([dialogue(FIRST, PICK)], Newcomer, ["unaccented"]).report())
    assert "1 hội thoại · 2 lượt · 0 lượt lỗi" in shown
    assert "Hội thoại đúng từ đầu đến cuối     100,0 %  1/1" in shown
    assert [line.split()[0] for line in shown.split("\n")[-4:] if line.strip()][-2:] == ["as", "unaccented"]
    assert "option_picking" in shown
