"""``bot evaluate``: questions and conversations in one run, each reported, none read as the other."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answers.outcome import Outcome
from bot.commands import evaluate as command
from bot.evaluation.dialogues.got import Got

QUESTION = {"question": "lệ phí đăng ký", "procedure_codes": ["1.000001"]}
DIALOGUE = {
    "id": "a",
    "kind": "follow_up",
    "turns": [{"say": "đăng ký", "procedure_codes": ["1.000001"]}, {"say": "còn lệ phí?", "keeps": True}],
}


class Subject:
    """Answers everything about one procedure."""

    codes = frozenset({"1.000001"})

    def ask(self, question: str) -> dict[str, object]:
        candidates = [{"code": "1.000001", "name": "", "score": 1.0}]
        known = {"question": question, "intent": "ask_fee", "confidence": 1.0, "outcome": "answered"}
        return {
            **known,
            "procedure_code": "1.000001",
            "candidates": candidates,
            "text": "",
            "elapsed_ms": 1.0,
        }

    def newcomer(self) -> "Subject":
        return self

    def says(self, message: str) -> Got:
        return Got(message, "ask_fee", Outcome.ANSWERED, ("1.000001",), text="<đáp>")

    def presses(self, title: str) -> Got:
        return self.says(title)

    def index(self) -> None:
        return None

    def seen(self, index: None, question: str, limit: int) -> list[object]:
        return []


@pytest.fixture(autouse=True)
def subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "subject_of_today", Subject)


def written(folder: Path, name: str, *rows: object) -> str:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def evaluate(*arguments: str) -> str:
    result = CliRunner().invoke(command.evaluate, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_questions_and_conversations_are_told_apart_and_both_reported(tmp_path: Path) -> None:
    questions = written(tmp_path, "q.jsonl", QUESTION)
    dialogues = written(tmp_path, "d.jsonl", DIALOGUE)
    out = {name: str(tmp_path / name) for name in ("json", "rows", "html")}
    options = [part for name, path in out.items() for part in (f"--{name}", path)]
    shown = evaluate(questions, dialogues, "--variant", "unaccented", *options)
    assert "1 câu ·" in shown and "1 hội thoại · 2 lượt" in shown
    figures = json.loads(Path(out["json"]).read_text("utf-8"))
    assert (figures["n"], figures["dialogues"]["turns"]) == (1, 2)
    assert figures["dialogues"]["variants"]["unaccented"]["turn_right"] == 1.0
    rows = [json.loads(line) for line in Path(out["rows"]).read_text("utf-8").splitlines()]
    assert [row.get("turn") for row in rows] == [None, None, 1, 2, 1, 2]
    assert "<h2>Hội thoại</h2>" in Path(out["html"]).read_text("utf-8")


def test_conversations_alone_show_no_empty_table_of_questions(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    shown = evaluate(written(tmp_path, "d.jsonl", DIALOGUE), "--json", str(out))
    assert "câu ·" not in shown
    assert list(json.loads(out.read_text("utf-8"))) == ["dialogues"]


def test_a_bad_line_is_named_and_the_others_run(tmp_path: Path) -> None:
    shown = evaluate(written(tmp_path, "d.jsonl", DIALOGUE, {**DIALOGUE, "kind": "chat"}))
    assert "d.jsonl:2:" in shown and "1 hội thoại" in shown


def test_nothing_to_ask_ends_in_a_plain_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(command.evaluate, [written(tmp_path, "q.jsonl")])
    assert result.exit_code == 1 and "Không đọc được câu hỏi nào" in result.output


def test_nothing_is_fitted_on_conversations_alone(tmp_path: Path) -> None:
    """Weights fitted on nothing would replace those that were measured."""
    dialogues = written(tmp_path, "d.jsonl", DIALOGUE)
    result = CliRunner().invoke(command.evaluate, [dialogues, "--fit-ranking"])
    assert result.exit_code == 1 and "Không đọc được câu hỏi nào" in result.output
