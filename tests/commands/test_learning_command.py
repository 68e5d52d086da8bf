"""The process behind "train and compare": it learns what was approved, and serves nothing by itself."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.bank.bank import Bank
from bot.cli import main
from bot.commands import learning
from bot.learning import training
from bot.learning.states import TrainingState
from bot.settings import get_settings
from bot.staff.audit import Actor, entries
from bot.staff.tables import staff_account
from bot.transactions import transact


@pytest.fixture
def project(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A bank with one model, ``old``, that nobody activated; training makes ``new`` at once."""
    for name, value in {"DATABASE_URL": sqlite_url, "MODELS_DIR": tmp_path, "VAR_DIR": tmp_path}.items():
        monkeypatch.setenv(f"BOT_{name}", str(value))
    old, new = Bank(tmp_path).path("old"), Bank(tmp_path).path("new")
    old.write_bytes(b"old")

    def train(_settings: Any, _say: Any) -> Path:
        new.write_bytes(b"new")
        return new

    released = SimpleNamespace(model="new", released=False, as_dict=lambda: {"gates": []})
    monkeypatch.setattr("bot.training.current_model", lambda settings: new)
    monkeypatch.setattr(learning, "train_if_needed", train)
    monkeypatch.setattr(learning, "_measured", lambda settings, model, progress: released)
    # The process of the tests keeps its priority and its terminal.
    monkeypatch.setattr("bot.commands.learning.os.nice", lambda by: 0)
    monkeypatch.setattr(learning, "lead_group", lambda: None)
    get_settings.cache_clear()
    yield sqlite_engine
    get_settings.cache_clear()


def queued(engine: Engine) -> int:
    values = {"id": 1, "login": "lan", "name": "Lan", "roles": [], "created_at": 0.0}
    transact(engine, lambda connection: connection.execute(insert(staff_account).values(values)))
    run_id = transact(engine, training.start, Actor(1, "lan"), "bài học mới", time.time())
    assert run_id is not None
    return run_id


def test_a_model_that_is_held_back_does_not_serve_after_the_next_restart(
    project: Engine, tmp_path: Path
) -> None:
    """Without a chosen model a start takes the youngest one, whatever its card says."""
    run_id = queued(project)
    result = CliRunner().invoke(main, ["models", "train-and-compare", str(run_id)])
    assert result.exit_code == 0, result.output
    assert "held_back" in result.output
    with project.connect() as connection:
        found = training.find(connection, run_id)
        assert [entry.object for entry in entries(connection)] == ["model:old", f"training:{run_id}"]
    assert found is not None and (found.state, found.compared) == (TrainingState.HELD_BACK, "old")
    assert Bank(tmp_path).active() == "old"
    (step,) = map(json.loads, (tmp_path / "activations.jsonl").read_text().splitlines())
    assert step["by"] == "system"


def test_an_unknown_run_ends_in_a_sentence(project: Engine) -> None:
    result = CliRunner().invoke(main, ["models", "train-and-compare", "9"])
    assert result.exit_code == 1 and "Không có lượt huấn luyện 9" in result.output
