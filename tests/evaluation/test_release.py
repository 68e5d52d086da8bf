"""``bot release`` as staff run it: a model that fell is refused with what fell, and its card says so."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from bot.commands import model
from bot.settings import Settings


def answer(question: str) -> dict[str, object]:
    return {
        "question": question,
        "intent": "ask_fee",
        "confidence": 1.0,
        "outcome": "answered",
        "procedure_code": "1.000001",
        "candidates": [{"code": "1.000001", "name": "", "score": 1.0}],
        "text": "",
        "elapsed_ms": 1.0,
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    for folder in ("evaluation", "search"):
        (data / folder).mkdir(parents=True)
    for name in ("weights", "thresholds"):
        (data / "search" / f"{name}.json").write_text("{}")
    rows = [
        {"question": "lệ phí khai sinh", "intent": "ask_fee", "procedure_codes": ["1.000001"]},
        {"question": "lệ phí khai tử", "intent": "ask_fee", "procedure_codes": ["1.000002"]},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (data / "evaluation" / "questions_1.jsonl").write_text(lines)
    trained = tmp_path / "abc.tar.gz"
    trained.touch()
    monkeypatch.setattr(model, "get_settings", lambda: Settings(data_dir=data))
    monkeypatch.setattr(model, "train_if_needed", lambda settings, say: trained)
    subject = SimpleNamespace(ask=answer, codes={"1.000001", "1.000002"})
    monkeypatch.setattr(model, "subject_of_today", lambda: subject)
    return tmp_path


def gates(project: Path, **limits: dict[str, float]) -> None:
    (project / "data" / "evaluation" / "gates.json").write_text(json.dumps(limits))


def test_a_model_within_its_limits_is_released_with_a_card(project):
    gates(project, procedure_top1={"floor": 0.5}, answered_wrong={"ceiling": 0.5})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 0, result.output
    card = json.loads((project / "abc.card.json").read_text())
    assert card["released"] is True
    assert card["metrics"]["procedure_top1"] == 0.5
    assert set(card["data"]) == set(model.DATA)


def test_a_model_that_fell_is_refused_and_the_table_names_the_metric(project):
    gates(project, procedure_top1={"floor": 0.6}, procedure_top3={"floor": 0.5})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1
    assert "procedure_top1  0.5" in result.output and "≥ 0.6" in result.output
    assert "procedure_top3  " not in result.output
    assert json.loads((project / "abc.card.json").read_text())["fell"][0]["metric"] == "procedure_top1"


def test_a_misspelt_gate_stops_the_release(project):
    gates(project, procedure_top={"floor": 0.6})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1
    assert "no such metric" in result.output


def test_without_gates_nothing_is_released(project):
    assert CliRunner().invoke(model.release).exit_code == 1
