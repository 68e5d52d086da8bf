"""The process of a run: it tells how far it is, ends when told to, and says why it broke."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.learning import training
from bot.learning.releasing import Progress
from bot.learning.releasing_sets import ReleaseError
from bot.learning.states import TrainingState
from bot.learning.training import TrainingProblem
from bot.learning.training_work import Steps, work
from bot.training import TrainingError
from bot.transactions import transact
from tests.learning.test_training import LAN, staffed, start  # noqa: F401

MODEL = Path("new.tar.gz")


def measured(released: bool = True) -> Any:
    return SimpleNamespace(model="new", released=released, as_dict=lambda: {"gates": []})


def do(
    engine: Engine,
    run_id: int,
    train: Callable[[], Path] = lambda: MODEL,
    measure: Callable[[Path, Progress], Any] = lambda model, progress: measured(),
    stop: Callable[[], None] = lambda: None,
) -> TrainingState | None:
    steps = Steps(train, measure, seconds=100.0)
    return work(engine, run_id, "old", steps, time.time, stop, pause=0.01)


@pytest.mark.parametrize("released", [True, False])
def test_what_was_measured_is_told(staffed: Engine, released: bool) -> None:  # noqa: F811
    run_id = start(staffed) or 0
    states: list[tuple[TrainingState, float]] = []

    def measure(_model: Path, progress: Progress) -> Any:
        for state in (TrainingState.MEASURING, TrainingState.COMPARING):
            progress(state, 0.0)
            with staffed.connect() as connection:
                found = training.current(connection)
            assert found is not None
            states.append((found.state, found.progress))
        return measured(released)

    ended = do(staffed, run_id, measure=measure)
    assert ended is (TrainingState.RELEASED if released else TrainingState.HELD_BACK)
    assert states == [(TrainingState.MEASURING, 0.5), (TrainingState.COMPARING, 0.95)]
    with staffed.connect() as connection:
        found = training.find(connection, run_id)
    assert found is not None and found.state is ended
    assert (found.model, found.compared, found.report) == ("new", "old", {"gates": []})


def test_a_run_is_done_once(staffed: Engine) -> None:  # noqa: F811
    run_id = start(staffed) or 0
    assert do(staffed, run_id) is TrainingState.RELEASED
    assert do(staffed, run_id) is None
    assert do(staffed, run_id + 1) is None


def test_a_cancelled_run_is_stopped_while_it_trains(staffed: Engine) -> None:  # noqa: F811
    """Nobody waits for a training that nobody wants any more."""
    run_id, stopped = start(staffed) or 0, threading.Event()

    def train() -> Path:
        transact(staffed, training.cancel, LAN, run_id, "nhầm", time.time())
        assert stopped.wait(10)
        return MODEL

    assert do(staffed, run_id, train=train, stop=stopped.set) is None
    with staffed.connect() as connection:
        found = training.find(connection, run_id)
    assert found is not None and found.state is TrainingState.CANCELLED and found.report is None


def raising(problem: Exception) -> Callable[[], Path]:
    def train() -> Path:
        raise problem

    return train


@pytest.mark.parametrize(
    ("problem", "told", "detail"),
    [
        (TrainingError("intent twice"), TrainingProblem.TRAINING, "intent twice"),
        (ReleaseError("Thiếu gates.json."), TrainingProblem.MEASURING, "Thiếu gates.json."),
        (KeyError("x"), TrainingProblem.BROKEN, "KeyError: 'x'"),
    ],
)
def test_why_it_broke_is_told(
    staffed: Engine,  # noqa: F811
    problem: Exception,
    told: TrainingProblem,
    detail: str,
) -> None:
    run_id = start(staffed) or 0
    assert do(staffed, run_id, train=raising(problem)) is TrainingState.FAILED
    with staffed.connect() as connection:
        found = training.find(connection, run_id)
    assert found is not None and (found.problem, found.detail) == (told, detail)
