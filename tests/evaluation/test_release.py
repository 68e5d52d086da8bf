"""``bot release`` as staff run it: a model that fell is refused with what fell, and its card says so."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from bot.answers.outcome import Outcome
from bot.bank.activation import Act
from bot.bank.bank import Bank
from bot.commands import model
from bot.evaluation.dialogues.got import Got
from bot.evaluation.variants import VARIANTS
from bot.learning.releasing import release
from bot.learning.releasing_origin import DATA
from bot.learning.releasing_sets import read_limits
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


class Newcomer:
    """Gets the same answer to everything."""

    def says(self, message: str) -> Got:
        return Got(message, "ask_fee", Outcome.ANSWERED, ("1.000001",))


SUBJECT = SimpleNamespace(ask=answer, codes={"1.000001", "1.000002"}, newcomer=Newcomer)


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
    (data / "evaluation" / "tolerances.json").write_text('{"procedure_top1": {"absolute": 0.1}}')
    trained = tmp_path / "abc.tar.gz"
    trained.write_bytes(b"model")
    settings = Settings(data_dir=data, models_dir=tmp_path, var_dir=tmp_path)
    monkeypatch.setattr(model, "get_settings", lambda: settings)
    monkeypatch.setattr(model, "train_if_needed", lambda settings, say: trained)
    monkeypatch.setattr(model, "subject_of", lambda trained: SUBJECT)
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
    assert set(card["data"]) == {*DATA, "config", "domain", "code"}
    assert set(card["metrics"]["variants"]) == set(VARIANTS)
    assert card["sizes"] == {"model_bytes": 5, "procedures": 2, "questions": 2}
    assert card["training_seconds"] is None
    assert "bot models activate abc" in result.output


def test_a_model_that_fell_is_refused_and_the_table_names_the_metric(project):
    gates(project, procedure_top1={"floor": 0.6}, procedure_top3={"floor": 0.5})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1
    assert "procedure_top1  0.5" in result.output and "≥ 0.6" in result.output
    assert "procedure_top3  " not in result.output
    assert json.loads((project / "abc.card.json").read_text())["fell"][0]["metric"] == "procedure_top1"


def test_a_model_worse_in_conversation_is_refused(project):
    """One message of two right: single questions alone would not show it."""

    turns = [
        {"say": "lệ phí khai sinh", "procedure_codes": ["1.000001"]},
        {"say": "còn khai tử", "procedure_codes": ["1.000002"]},
    ]
    dialogue = {"id": "d-1", "kind": "follow_up", "turns": turns}
    (project / "data" / "evaluation" / "dialogues_1.jsonl").write_text(json.dumps(dialogue) + "\n")
    gates(project, **{"dialogues.turn_right": {"floor": 0.6}})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1 and "dialogues.turn_right  0.5" in result.output
    metrics = json.loads((project / "abc.card.json").read_text())["metrics"]
    assert metrics["dialogues"]["turn_right"] == 0.5


def test_a_misspelt_gate_stops_the_release(project):
    gates(project, procedure_top={"floor": 0.6})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1
    assert "no such metric" in result.output


def test_without_gates_nothing_is_released(project):
    assert CliRunner().invoke(model.release).exit_code == 1


def active_card(project: Path, name: str, top1: float) -> None:
    """Make ``name`` the active model, measured with ``top1``."""
    metrics = {"procedure_top1": top1, "procedure_top3": 0.5}
    card = {"released": True, "data": {}, "metrics": metrics, "intents": {}}
    (project / f"{name}.card.json").write_text(json.dumps(card))
    Bank(project).record(Act.ACTIVATED, name, served=None)


@pytest.mark.parametrize(("before", "code"), [(0.6, 0), (0.61, 1), (0.4, 0)])
def test_worse_than_the_active_model_by_more_than_a_tenth_is_refused(project, before, code):
    """The new model has 1 of 2 questions right, 0.5; every floor is kept."""
    gates(project, procedure_top1={"floor": 0.1})
    active_card(project, "old", before)
    result = CliRunner().invoke(model.release)
    assert result.exit_code == code, result.output
    card = json.loads((project / "abc.card.json").read_text())
    worse = [{"metric": "procedure_top1", "before": before, "value": 0.5}] if code else []
    assert card["released"] is (code == 0)
    assert card["compared"] == {"model": "old", "worse": worse}
    assert ("Đúng thủ tục ở vị trí 1" in result.output.partition("Không phát hành được")[2]) is bool(code)


def test_other_limits_are_not_other_questions(project):
    """Otherwise every changed tolerance would cast doubt on all comparisons."""
    seen = set()
    for floor in (0.1, 0.2):
        gates(project, procedure_top1={"floor": floor})
        assert CliRunner().invoke(model.release).exit_code == 0
        seen.add(json.loads((project / "abc.card.json").read_text())["data"]["evaluation"])
    assert len(seen) == 1


def test_a_refused_release_does_not_lower_the_bar_for_the_next(project):
    gates(project, procedure_top1={"floor": 0.1})
    active_card(project, "abc", 0.9)
    for _ in range(2):
        assert CliRunner().invoke(model.release).exit_code == 1
    assert json.loads((project / "abc.card.json").read_text())["metrics"]["procedure_top1"] == 0.9
    assert json.loads((project / "abc.refused.card.json").read_text())["released"] is False


def test_seconds_of_training_come_from_the_log_of_this_model_only(project):
    gates(project, procedure_top1={"floor": 0.1})
    log = project / "log" / "train.log"
    log.parent.mkdir()
    for name, seconds in (("abc", 90.0), ("other", None)):
        log.write_text(f"2026-11-22 08:00:00 INFO a\n2026-11-22 08:01:30 INFO b\nsaved at {name}.tar.gz\n")
        assert CliRunner().invoke(model.release).exit_code == 0
        assert json.loads((project / "abc.card.json").read_text())["training_seconds"] == seconds


def test_without_tolerances_nothing_is_released(project):
    gates(project, procedure_top1={"floor": 0.1})
    (project / "data" / "evaluation" / "tolerances.json").unlink()
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1 and "tolerances.json" in result.output


def learned(project: Path, name: str, *lines: Mapping[str, object]) -> None:
    folder = project / "learned" / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))


def with_models(project: Path, monkeypatch: pytest.MonkeyPatch, **speakers: type) -> None:
    """The active model ``old`` and the candidate ``abc`` answer conversations each in their own way."""
    (project / "old.tar.gz").write_bytes(b"old")
    active_card(project, "old", 0.5)
    subjects = {
        name: SimpleNamespace(ask=answer, codes=SUBJECT.codes, newcomer=speaker)
        for name, speaker in speakers.items()
    }
    monkeypatch.setattr(model, "subject_of", lambda path: subjects[path.name.removesuffix(".tar.gz")])


class Lost(Newcomer):
    """Takes everything for another procedure."""

    def says(self, message: str) -> Got:
        return Got(message, "ask_fee", Outcome.ANSWERED, ("1.000002",))


JOURNEY = {
    "id": "lesson-7",
    "kind": "follow_up",
    "turns": [{"say": say, "procedure_codes": ["1.000001"]} for say in ("khai sinh", "lệ phí")],
}


def test_a_learned_conversation_that_no_longer_holds_holds_the_model_back(project, monkeypatch):
    """What reviewers once put right must not come back with the next model."""
    gates(project, procedure_top1={"floor": 0.1})
    learned(project, "dialogues_learned.jsonl", JOURNEY)
    with_models(project, monkeypatch, old=Newcomer, abc=Lost)
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 1 and "lesson-7" in result.output
    card = json.loads((project / "abc.card.json").read_text())
    assert card["released"] is False and card["fell"] == []
    assert card["learned"]["journeys"] == {"n": 1, "before": 1, "after": 0, "lost": ["lesson-7"], "won": []}


def test_learned_questions_are_counted_apart(project, monkeypatch):
    """Two of the gates (1 right), two learned (1 right): the gates see two rows, not four. Words stay out."""
    gates(project, procedure_top1={"floor": 0.5})
    learned(
        project,
        "questions_learned.jsonl",
        {"id": "lesson-1", "question": "khai tử ở đâu", "procedure_codes": ["1.000002"]},
        {"id": "lesson-2", "question": "khai sinh ở đâu", "procedure_codes": ["1.000001"]},
    )
    learned(project, "dialogues_learned.jsonl", JOURNEY)
    with_models(project, monkeypatch, old=Lost, abc=Newcomer)
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 0, result.output
    content = (project / "abc.card.json").read_text()
    card = json.loads(content)
    assert card["metrics"]["n"] == 2 and card["sizes"]["questions"] == 2
    assert card["learned"]["questions"] == {"n": 2, "before": 1, "after": 1, "lost": [], "won": []}
    assert card["learned"]["journeys"]["won"] == ["lesson-7"]
    assert "ở đâu" not in content


def test_without_lessons_the_card_says_nothing_of_them(project):
    gates(project, procedure_top1={"floor": 0.1})
    result = CliRunner().invoke(model.release)
    assert result.exit_code == 0 and "đã học" not in result.output
    assert "learned" not in json.loads((project / "abc.card.json").read_text())


def test_an_active_model_without_a_card_is_measured_for_the_comparison(project):
    """After a first start the model that serves was never measured; the next one must not be let through
    unseen. Old has 2 of 2 first places, the candidate 1 of 2: a loss of half, a tenth is borne.
    """
    gates(project, procedure_top1={"floor": 0.1})
    (project / "old.tar.gz").write_bytes(b"old")
    Bank(project).record(Act.ACTIVATED, "old", served=None)

    def always(question: str) -> dict[str, object]:
        code = "1.000001" if "sinh" in question.lower() else "1.000002"
        return {**answer(question), "candidates": [{"code": code, "name": "", "score": 1.0}]}

    old: Any = SimpleNamespace(ask=always, codes=SUBJECT.codes, newcomer=Newcomer)
    new: Any = SUBJECT
    settings = Settings(data_dir=project / "data", models_dir=project, var_dir=project)
    shares: list[tuple[str, float]] = []
    released = release(
        settings,
        project / "abc.tar.gz",
        model.read_sets(settings),
        read_limits(settings),
        lambda path: old if path.name == "old.tar.gz" else new,
        lambda state, share: shares.append((state.value, share)),
        measure_active=True,
    )
    assert not released.released and released.compared == "old"
    (worse,) = [found for found in released.worse if found.metric == "procedure_top1"]
    assert (worse.before, worse.after) == (1.0, 0.5)
    # Two questions in 1 + 12 ways of writing, of two models: the last of 52 ends the measuring.
    assert [share for state, share in shares if state == "measuring"] == [n / 52 for n in range(1, 53)]
    assert not (project / "old.card.json").exists()
