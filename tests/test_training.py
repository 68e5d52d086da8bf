"""Training happens when the model would change, and at no other time."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.bank.activation import Act
from bot.bank.bank import Bank, name_of
from bot.settings import Settings
from bot.training import TrainingError, current_model, fingerprint, newest_model, train_if_needed

DOMAIN: dict[str, Any] = {
    "intents": ["greet"],
    "responses": {"utter_greet": [{"text": "Chào"}], "utter_fee": [{"text": "Phí"}]},
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project as the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "config.yml": "recipe: default.v1",
        "domain.yml": yaml.safe_dump(DOMAIN),
        "data/nlu/a.yml": "nlu: []",
        "data/rules/a.yml": "rules: [{rule: greet, steps: [{intent: greet}, {action: utter_greet}]}]",
        "bot/nlu/tokens.py": "x = 1",
        "bot/text/fold.py": "y = 1",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands given to a stand-in for ``rasa train`` that writes a model of one byte."""
    commands: list[list[str]] = []

    def train(command: list[str], **_options: Any) -> "subprocess.CompletedProcess[bytes]":
        commands.append(command)
        folder = Path(command[command.index("--out") + 1])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{command[command.index('--fixed-model-name') + 1]}.tar.gz").write_bytes(b"m")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("bot.training.subprocess.run", train)
    return commands


def failing(code: int) -> Any:
    def train(command: list[str], stdout: Any, **_options: Any) -> "subprocess.CompletedProcess[bytes]":
        stdout.write(b"InvalidDomain: intent twice\n")
        return subprocess.CompletedProcess(command, code)

    return train


def test_a_second_start_does_not_train_again(trainings: list[list[str]]) -> None:
    said: list[str] = []
    model = train_if_needed(Settings(), said.append)
    assert train_if_needed(Settings(), said.append) == model
    assert len(trainings) == 1
    assert model.read_bytes() == b"m"
    assert any("0.0 MB" in line for line in said)


@pytest.mark.parametrize("name", ["config.yml", "data/nlu/a.yml", "bot/nlu/tokens.py", "bot/text/fold.py"])
def test_a_change_of_what_the_model_is_made_of_trains(
    project: Path, trainings: list[list[str]], name: str
) -> None:
    train_if_needed(Settings())
    (project / name).write_text("# changed", encoding="utf-8")
    train_if_needed(Settings())
    assert len(trainings) == 2


def with_domain(project: Path, change: dict[str, Any]) -> Path:
    (project / "domain.yml").write_text(yaml.safe_dump({**DOMAIN, **change}), encoding="utf-8")
    return current_model(Settings())


def test_a_corrected_sentence_needs_no_training(project: Path) -> None:
    before = current_model(Settings())
    texts = {**DOMAIN["responses"], "utter_fee": [{"text": "Lệ phí"}]}
    assert with_domain(project, {"responses": texts}) == before


def test_a_sentence_rasa_says_itself_does(project: Path) -> None:
    """Otherwise citizens would go on reading the old greeting out of the model."""
    before = current_model(Settings())
    texts = {**DOMAIN["responses"], "utter_greet": [{"text": "Xin chào"}]}
    assert with_domain(project, {"responses": texts}) != before


def test_a_new_intent_trains(project: Path) -> None:
    before = current_model(Settings())
    assert with_domain(project, {"intents": ["greet", "ask_fee"]}) != before


def test_moving_text_between_files_changes_the_fingerprint(project: Path) -> None:
    first = fingerprint([Path("data")])
    (project / "data/nlu/a.yml").rename(project / "data/nlu/b.yml")
    assert fingerprint([Path("data")]) != first


def test_compiled_files_do_not_count(project: Path) -> None:
    before = current_model(Settings())
    (project / "bot/nlu/__pycache__").mkdir()
    (project / "bot/nlu/__pycache__/tokens.cpython-310.pyc").write_bytes(b"x")
    assert current_model(Settings()) == before


@pytest.mark.parametrize("code", [1, 0])
def test_a_failed_training_says_why_and_leaves_no_model(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Code 0 without a model is a failure too: serving would start with nothing."""
    monkeypatch.setattr("bot.training.subprocess.run", failing(code))
    with pytest.raises(TrainingError, match="intent twice"):
        train_if_needed(Settings())
    assert newest_model(Settings()) is None


def test_going_back_to_older_data_goes_back_to_its_model(project: Path, trainings: list[list[str]]) -> None:
    """The newest file is not always the right one."""
    first = train_if_needed(Settings())
    (project / "config.yml").write_text("changed", encoding="utf-8")
    second = train_if_needed(Settings())
    assert newest_model(Settings()) == second
    (project / "config.yml").write_text("recipe: default.v1", encoding="utf-8")
    assert newest_model(Settings()) == first


def test_a_chosen_model_is_used_until_it_is_gone(project: Path, trainings: list[list[str]]) -> None:
    """Staff who went back to the model of yesterday must not get today's by the next start."""
    first = train_if_needed(Settings())
    (project / "config.yml").write_text("changed", encoding="utf-8")
    second = train_if_needed(Settings())
    bank = Bank(Settings().models_dir)
    bank.record(Act.ACTIVATED, name_of(first), served=None)
    assert newest_model(Settings()) == first
    bank.delete(name_of(first))
    assert newest_model(Settings()) == second


def test_with_untrained_changes_the_last_model_is_used(project: Path, trainings: list[list[str]]) -> None:
    model = train_if_needed(Settings())
    (project / "config.yml").write_text("changed", encoding="utf-8")
    assert newest_model(Settings()) == model


def test_what_was_learned_trains(project: Path, trainings: list[list[str]]) -> None:
    """An approved example that never reaches a model corrects nothing."""
    before = current_model(Settings())
    folder = project / "var/learned/nlu"
    folder.mkdir(parents=True)
    assert current_model(Settings()) == before
    train_if_needed(Settings())
    (folder / "learned.yml").write_text("nlu: []", encoding="utf-8")
    assert current_model(Settings()) != before
    train_if_needed(Settings())
    assert "var/learned/nlu" in trainings[1]


def test_what_was_learned_does_not_serve_by_a_mere_restart(project: Path, trainings: list[list[str]]) -> None:
    """A wrong example would otherwise answer citizens before anybody measured what it does."""
    before = train_if_needed(Settings(), learned=False)
    taught = project / "var" / "learned" / "nlu" / "learned.yml"
    taught.parent.mkdir(parents=True)
    taught.write_text("nlu: [{intent: greet, examples: '- alo'}]", encoding="utf-8")
    assert train_if_needed(Settings(), learned=False) == before
    assert len(trainings) == 1 and "var/learned/nlu" not in trainings[0]
    assert current_model(Settings()) != before


def test_questions_to_measure_with_do_not_train(project: Path) -> None:
    before = current_model(Settings())
    folder = project / "var/learned/evaluation"
    folder.mkdir(parents=True)
    (folder / "questions_learned.jsonl").write_text("{}", encoding="utf-8")
    assert current_model(Settings()) == before
