"""Reading labelled conversations: one bad line must not lose the others, and no label may be lost unseen."""

import json
from typing import Any

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.dataset import holds_dialogues, read_dialogues
from bot.evaluation.dialogues.dialogue import DialogueKind

FIRST = {"say": "đăng ký tạm trú cần gì"}


def line(*turns: object, **fields: Any) -> str:
    whole = {"id": "a", "kind": "follow_up", "turns": list(turns), **fields}
    return json.dumps(whole, ensure_ascii=False)


def test_a_conversation_is_read_with_the_labels_of_every_message() -> None:
    dialogues, refused = read_dialogues(
        [
            line(
                {**FIRST, "intent": "ask_documents", "procedure_codes": ["1.000001", "1.000001"]},
                {"press": "Giấy tờ", "outcome": "asked_back"},
                {"say": "cái thứ 2", "picks": 2},
                {"say": "thế phí?", "keeps": True, "asked_back": False},
            ),
            "",
        ],
        "d.jsonl",
    )
    assert refused == []
    first, second, third, fourth = dialogues[0].turns
    assert dialogues[0].kind is DialogueKind.FOLLOW_UP
    assert (first.intent, first.procedure_codes) == (Intent.ASK_DOCUMENTS, ("1.000001",))
    assert (second.press, second.outcome, second.asked_back) == ("Giấy tờ", Outcome.ASKED_BACK, True)
    assert (third.picks, third.asked_back) == (2, None)
    assert (fourth.keeps, fourth.asked_back) == (True, False)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{not json", "malformed"),
        (line(FIRST, FIRST, kind="chitchat"), "chitchat"),
        (line(FIRST, FIRST, id=" "), "the id is empty"),
        (line(FIRST), "1 turns"),
        (line(*[FIRST] * 6), "6 turns"),
        (line(FIRST, {"say": "x", "press": "y"}), "turn 2: exactly one of say and press"),
        (line(FIRST, {"intent": "ask_fee"}), "turn 2: exactly one of say and press"),
        (line({"press": "Giấy tờ"}, FIRST), "turn 1: nothing was said or offered yet"),
        (line({"say": "2", "picks": 2}, FIRST), "turn 1: nothing was said or offered yet"),
        (line(FIRST, {"say": "0", "picks": 0}), "turn 2: picks is a place"),
        (line(FIRST, {"say": "2", "picks": 2, "procedure_codes": ["1.000001"]}), "turn 2: only one of"),
        (line(FIRST, {"say": "x", "procedure_codes": [" "]}), "turn 2: an empty code"),
        (line(FIRST, {"say": "x", "also_codes": ["1.000001"]}), "turn 2: also_codes without"),
        (line(FIRST, {"say": "x", "asked_back": True, "outcome": "answered"}), "turn 2: asked_back contra"),
        (line(FIRST, {"say": "x", "intent": "ask_weather"}), "ask_weather"),
        (line(FIRST, {"say": "x", "procedure_code": "1.000001"}), "procedure_code"),
    ],
)
def test_a_bad_line_is_named_with_file_and_number_and_the_next_is_read(bad: str, reason: str) -> None:
    dialogues, refused = read_dialogues([bad, line(FIRST, FIRST, id="good")], "d.jsonl")
    assert [dialogue.id for dialogue in dialogues] == ["good"]
    assert str(refused[0]).startswith("d.jsonl:1: ")
    assert reason in refused[0].reason


def test_a_repeated_id_is_refused() -> None:
    dialogues, refused = read_dialogues([line(FIRST, FIRST), line(FIRST, FIRST)], "d.jsonl")
    assert (len(dialogues), str(refused[0])) == (1, "d.jsonl:2: id a already stands in line 1")


def test_files_of_conversations_are_told_from_files_of_questions() -> None:
    """Read as the other, every line of a file would be refused."""
    assert holds_dialogues(["", "{broken", line(FIRST, FIRST)])
    assert not holds_dialogues(['{"question": "lệ phí?"}', line(FIRST, FIRST)])
    assert not holds_dialogues(["[]"])
    assert not holds_dialogues([])
