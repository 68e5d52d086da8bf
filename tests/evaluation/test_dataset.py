"""Reading labelled questions: one bad line must not lose the others, nor pass unseen."""

import json

from bot.answers.intent import Intent
from bot.evaluation.dataset import read_rows


def lines(*rows: object) -> list[str]:
    return [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]


def test_a_full_row_is_read_with_its_labels():
    rows, refused = read_rows(
        lines(
            {
                "id": "a",
                "question": "Lệ phí?",
                "intent": "ask_fee",
                "procedure_codes": ["1.000001", "1.000001"],
                "in_scope": True,
                "kind": "real",
                "source": "thư",
            }
        ),
        "q.jsonl",
    )
    assert refused == []
    assert (rows[0].id, rows[0].intent, rows[0].procedure_codes) == ("a", Intent.ASK_FEE, ("1.000001",))


def test_only_the_question_is_needed():
    rows, _ = read_rows(lines({"question": "Lệ phí?"}, "", {"question": "x", "intent": "out_of_scope"}), "q")
    assert [(row.id, row.in_scope) for row in rows] == [("q:1", True), ("q:3", False)]


def test_bad_lines_are_named_with_file_line_and_reason_and_the_rest_is_read():
    rows, refused = read_rows(
        lines(
            "{not json",
            {"question": "đúng", "id": "a"},
            {"question": "sai", "intent": "ask_weather"},
            {"question": "  "},
            {"intent": "ask_fee"},
            {"question": "trùng", "id": "a"},
            {"question": "lạ", "in_scope": False, "procedure_codes": ["1.000001"]},
            '{"question": "\udcff"}',
            {"question": "đúng nữa", "id": 7},
        ),
        "q.jsonl",
    )
    assert [row.id for row in rows] == ["a", "7"]
    assert [bad.line for bad in refused] == [1, 3, 4, 5, 6, 7, 8]
    assert str(refused[2]) == "q.jsonl:4: the question is empty"
    assert "ask_weather" in refused[1].reason
    assert refused[4].reason == "id a already stands in line 2"
