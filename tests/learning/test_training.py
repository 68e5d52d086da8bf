"""A run of "train and compare": one at a time, never lost, ended by whoever may."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.learning import training
from bot.learning.states import LessonKind, LessonState, TrainingState
from bot.learning.tables import lesson
from bot.learning.training import TrainingProblem, Unlearned
from bot.staff.audit import Actor, entries
from bot.staff.tables import staff_account
from bot.transactions import transact

NOW = 1_795_323_600.0
LAN = Actor(1, "lan")
_ACCOUNT: dict[str, Any] = {
    "id": 1,
    "login": "lan",
    "name": "Lan",
    "roles": ["editor"],
    "password": "x",
    "active": True,
    "must_change": False,
    "created_at": NOW,
    "failures": 0,
}


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    known = {name: value for name, value in _ACCOUNT.items() if name in staff_account.c}
    transact(engine, lambda connection: connection.execute(insert(staff_account).values(known)))
    return engine


def start(engine: Engine, now: float = NOW) -> int | None:
    return transact(engine, training.start, LAN, "10 bài học mới", now)


def taught(engine: Engine, *rows: tuple[LessonKind, LessonState, float, float | None]) -> None:
    """Lessons by kind, state, time of decision and of end."""
    values = {
        "origin": "rewritten",
        "text": "hỏi",
        "procedure_codes": [],
        "in_scope": True,
        "turns": [],
        "reason": "x",
        "proposed_by": 1,
        "proposed_at": 0.0,
    }
    made = [
        {
            **values,
            "kind": kind.value,
            "state": state.value,
            "decided_at": at,
            "ended_at": end,
            "digest": f"{n}",
        }
        for n, (kind, state, at, end) in enumerate(rows)
    ]
    transact(engine, lambda connection: connection.execute(insert(lesson), made))


def test_of_twenty_at_once_one_starts(staffed: Engine) -> None:
    """Two trainings at a time would leave citizens without an answer."""
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda _: start(staffed), range(20)))
    assert len([run_id for run_id in made if run_id is not None]) == 1
    with staffed.connect() as connection:
        assert len(training.listed(connection)) == 1
        assert [entry.action for entry in entries(connection)] == ["training_started"]


def test_of_two_processes_one_takes_a_run(staffed: Engine) -> None:
    run_id = start(staffed)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: transact(staffed, training.begin, run_id, "old", NOW), range(8)))
    assert won.count(True) == 1


def test_a_run_to_its_end(staffed: Engine) -> None:
    run_id = start(staffed)
    assert run_id is not None
    with staffed.begin() as connection:
        assert training.begin(connection, run_id, "old", NOW)
        assert training.beat(connection, run_id, TrainingState.MEASURING, 0.5, NOW + 100)
        found = training.current(connection)
        assert found is not None and (found.state, found.progress) == (TrainingState.MEASURING, 0.725)
        assert training.finish(connection, run_id, "new", True, {"gates": []}, NOW + 200)
        assert training.current(connection) is None
        ended = training.find(connection, run_id)
    assert ended is not None and ended.state is TrainingState.RELEASED
    assert (ended.model, ended.compared, ended.report) == ("new", "old", {"gates": []})
    assert (ended.finished_at, ended.progress, ended.under_way) == (NOW + 200, 1.0, False)
    assert start(staffed, NOW + 300) == run_id + 1


def test_progress_counts_each_part_by_its_time() -> None:
    """Half for training, 45 of 100 for measuring, the rest for comparing: half of measuring is 0.725."""
    assert training.whole(TrainingState.TRAINING, 0.5) == 0.25
    assert training.whole(TrainingState.MEASURING, 0.5) == 0.725
    assert training.whole(TrainingState.COMPARING, 2.0) == 1.0
    assert training.whole(TrainingState.QUEUED, 1.0) == 0.0


def test_what_was_cancelled_stays_cancelled(staffed: Engine) -> None:
    """A process that hears of it late must not bring its run back."""
    run_id = start(staffed)
    assert run_id is not None
    with staffed.begin() as connection:
        assert training.begin(connection, run_id, None, NOW)
        assert training.cancel(connection, LAN, run_id, "nhầm", NOW + 1)
        assert not training.cancel(connection, LAN, run_id, "nhầm", NOW + 2)
        assert not training.beat(connection, run_id, TrainingState.MEASURING, 0.1, NOW + 3)
        assert not training.finish(connection, run_id, "new", True, {}, NOW + 4)
        assert not training.fail(connection, run_id, TrainingProblem.BROKEN, NOW + 5)
        found = training.find(connection, run_id)
        assert found is not None and found.state is TrainingState.CANCELLED and found.model is None
        assert [entry.action for entry in entries(connection)][0] == "training_cancelled"


def test_a_process_that_is_no_more_does_not_block_the_next_run(staffed: Engine) -> None:
    first = start(staffed)
    assert first is not None
    assert start(staffed, NOW + training.SILENT_SECONDS) is None
    second = start(staffed, NOW + training.SILENT_SECONDS + 1)
    assert second == first + 1
    with staffed.connect() as connection:
        found = training.find(connection, first)
    assert found is not None
    assert (found.state, found.problem) == (TrainingState.FAILED, TrainingProblem.SILENT)


def test_lines_of_the_log_are_kept_with_the_problem(staffed: Engine) -> None:
    run_id = start(staffed)
    with staffed.begin() as connection:
        assert training.fail(connection, run_id or 0, TrainingProblem.TRAINING, NOW, "one\ntwo\n")
        found = training.find(connection, run_id or 0)
    assert found is not None and (found.problem, found.detail) == (TrainingProblem.TRAINING, "one\ntwo")


def test_a_reason_is_needed(staffed: Engine) -> None:
    with pytest.raises(ValueError, match="reason"), staffed.begin() as connection:
        training.start(connection, LAN, "  ", NOW)


def test_runs_are_paged_newest_first(staffed: Engine) -> None:
    made = [start(staffed, NOW + day * 86_400) for day in range(3)]
    with staffed.connect() as connection:
        assert [run.id for run in training.listed(connection, 2)] == [made[2], made[1]]
        assert [run.id for run in training.listed(connection, 2, made[1])] == [made[0]]


def test_examples_the_model_does_not_know(staffed: Engine) -> None:
    """By hand, a model of 100: of the examples one was approved at 150 (new), one at 50 (known), one approved
    at 50 and retired at 150 (still known: gone), one approved and retired after it (never known). Questions
    and conversations are measured with, not learned.
    """
    kind, journey = LessonKind.TRAINING, LessonKind.JOURNEY
    taught(
        staffed,
        (kind, LessonState.APPROVED, 150.0, None),
        (kind, LessonState.APPROVED, 50.0, None),
        (kind, LessonState.RETIRED, 50.0, 150.0),
        (kind, LessonState.RETIRED, 120.0, 150.0),
        (journey, LessonState.APPROVED, 150.0, None),
        (kind, LessonState.PROPOSED, 150.0, None),
    )
    with staffed.connect() as connection:
        assert training.unlearned(connection, 100.0) == Unlearned(new=1, gone=1)
        assert training.unlearned(connection, 0.0) == Unlearned(new=2, gone=0)
        assert training.learned_at(connection, "new") is None
    run_id = start(staffed) or 0
    with staffed.begin() as connection:
        training.finish(connection, run_id, "new", False, {}, NOW + 9)
        assert training.learned_at(connection, "new") == NOW
        found = training.find(connection, run_id)
    assert found is not None and (found.lessons, found.state) == (3, TrainingState.HELD_BACK)
