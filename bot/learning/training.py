"""Runs of "train and compare": one at a time, in a process of their own, told about in a table.

The console and the process know each other by the row alone: either may be restarted. The process beats; who
stops beating has failed. Cancelling changes the row, and the process ends itself at its next beat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.learning.states import LessonKind, LessonState, TrainingState
from bot.learning.tables import lesson, training_run
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.serial import Turnstile, take_turn

SILENT_SECONDS = 120.0
"""A process that has not beaten for so long is no more: it beats every few seconds on a busy machine, too."""
UNDER_WAY = (TrainingState.QUEUED, TrainingState.TRAINING, TrainingState.MEASURING, TrainingState.COMPARING)
_PARTS: Mapping[TrainingState, tuple[float, float]] = {
    TrainingState.QUEUED: (0.0, 0.0),
    TrainingState.TRAINING: (0.0, 0.5),
    TrainingState.MEASURING: (0.5, 0.95),
    TrainingState.COMPARING: (0.95, 1.0),
}
_IS_UNDER_WAY = training_run.c.state.in_([state.value for state in UNDER_WAY])


class TrainingProblem(str, Enum):
    """Why a run failed."""

    NOT_STARTED = "not_started"
    """The process could not be started."""
    SILENT = "silent"
    """The process ended without a word: the machine was restarted or had too little memory."""
    TRAINING = "training"
    """``rasa train`` failed."""
    MEASURING = "measuring"
    """There is nothing to measure with."""
    BROKEN = "broken"
    """Anything else; the log says what."""


@dataclass(frozen=True)
class Run:
    """A run. ``progress``: 0–1 over the whole run; ``lessons``: approved when it was started; ``compared``:
    the model that served; ``report``: ``releasing.Released.as_dict``; ``detail``: last lines of the log.
    """

    id: int
    state: TrainingState
    progress: float
    lessons: int
    started_by: int
    reason: str
    created_at: float
    heartbeat_at: float
    finished_at: float | None
    model: str | None
    compared: str | None
    report: Mapping[str, Any] | None
    problem: TrainingProblem | None
    detail: str

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True)
class Unlearned:
    """Examples by what a model knows of them: ``new`` were approved after it, ``gone`` retired after it."""

    new: int
    gone: int


def start(connection: Connection, actor: Actor, reason: str, now: float) -> int | None:
    """Queue a run; its id, None while another one is under way. Raises ``ValueError`` without a reason.

    Call it first in its transaction: two who press the button at once stand in line here.
    """
    if not reason.strip():
        raise ValueError("reason")
    take_turn(connection, Turnstile.AUDIT)
    drop_silent(connection, now)
    if current(connection) is not None:
        return None
    approved = select(func.count()).where(lesson.c.state == LessonState.APPROVED.value)
    values = {
        "state": TrainingState.QUEUED.value,
        "progress": 0.0,
        "lessons": connection.execute(approved).scalar_one(),
        "started_by": actor.account_id,
        "reason": reason.strip(),
        "created_at": now,
        "heartbeat_at": now,
    }
    run_id: int = connection.execute(insert(training_run).values(values)).inserted_primary_key[0]
    audit.record(connection, actor, Action.TRAINING_STARTED, f"training:{run_id}", now, reason)
    return run_id


def cancel(connection: Connection, actor: Actor, run_id: int, reason: str, now: float) -> bool:
    """End a run that is under way; False when it is not. Its process stops within seconds."""
    if not _move(connection, run_id, {"state": TrainingState.CANCELLED.value, "finished_at": now}):
        return False
    audit.record(connection, actor, Action.TRAINING_CANCELLED, f"training:{run_id}", now, reason)
    return True


def begin(connection: Connection, run_id: int, compared: str | None, now: float) -> bool:
    """Take a queued run to work on, for one process only. ``compared``: the model that serves."""
    values = {"state": TrainingState.TRAINING.value, "compared": compared, "heartbeat_at": now}
    queued = (training_run.c.id == run_id) & (training_run.c.state == TrainingState.QUEUED.value)
    return _changed(connection, update(training_run).where(queued).values(values))


def beat(connection: Connection, run_id: int, state: TrainingState, share: float, now: float) -> bool:
    """Still at work in ``state``, ``share`` (0–1) of which is done; False when the run has been ended."""
    values = {"state": state.value, "progress": whole(state, share), "heartbeat_at": now}
    return _move(connection, run_id, values)


def finish(
    connection: Connection, run_id: int, model: str, released: bool, report: Mapping[str, Any], now: float
) -> bool:
    """The model was measured; False when the run was ended meanwhile."""
    state = TrainingState.RELEASED if released else TrainingState.HELD_BACK
    values = {"state": state.value, "progress": 1.0, "model": model, "report": dict(report)}
    return _move(connection, run_id, {**values, "heartbeat_at": now, "finished_at": now})


def fail(connection: Connection, run_id: int, problem: TrainingProblem, now: float, detail: str = "") -> bool:
    """The run broke; False when it was ended meanwhile. ``detail``: lines of the log."""
    told = f"{problem.value}\n{detail}".rstrip()
    values = {"state": TrainingState.FAILED.value, "finished_at": now, "problem": told}
    return _move(connection, run_id, values)


def drop_silent(connection: Connection, now: float) -> int:
    """Runs whose process has not beaten for too long have failed; how many."""
    silent = select(training_run.c.id).where(
        _IS_UNDER_WAY, training_run.c.heartbeat_at < now - SILENT_SECONDS
    )
    return sum(
        fail(connection, run_id, TrainingProblem.SILENT, now)
        for run_id in connection.execute(silent).scalars()
    )


def current(connection: Connection) -> Run | None:
    """The run that is under way."""
    row = connection.execute(select(training_run).where(_IS_UNDER_WAY)).first()
    return _run(row) if row else None


def find(connection: Connection, run_id: int) -> Run | None:
    row = connection.execute(select(training_run).where(training_run.c.id == run_id)).one_or_none()
    return _run(row) if row else None


def listed(connection: Connection, limit: int = 20, before_id: int | None = None) -> list[Run]:
    """The newest first; those before ``before_id`` for the next page."""
    query = select(training_run).order_by(training_run.c.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(training_run.c.id < before_id)
    return [_run(row) for row in connection.execute(query)]


def learned_at(connection: Connection, model: str) -> float | None:
    """When the data of a model were last what it was made of, as its runs tell; None where no run made it."""
    made = select(func.max(training_run.c.created_at)).where(training_run.c.model == model)
    found: float | None = connection.execute(made).scalar_one()
    return found


def unlearned(connection: Connection, since: float) -> Unlearned:
    """What examples a model made of the data of ``since`` lacks, and which it should no longer have."""
    examples = lesson.c.kind == LessonKind.TRAINING.value
    new = (lesson.c.state == LessonState.APPROVED.value) & (lesson.c.decided_at > since)
    gone = (
        (lesson.c.state == LessonState.RETIRED.value)
        & (lesson.c.ended_at > since)
        & (lesson.c.decided_at <= since)
    )
    counts = [
        connection.execute(select(func.count()).select_from(lesson).where(examples, which)).scalar_one()
        for which in (new, gone)
    ]
    return Unlearned(*counts)


def whole(state: TrainingState, share: float) -> float:
    """Progress of the whole run, 0–1, by ``share`` (0–1) of its present state."""
    begins, ends = _PARTS[state]
    return round(begins + (ends - begins) * min(max(share, 0.0), 1.0), 4)


def _move(connection: Connection, run_id: int, values: Mapping[str, Any]) -> bool:
    running = (training_run.c.id == run_id) & _IS_UNDER_WAY
    return _changed(connection, update(training_run).where(running).values(values))


def _changed(connection: Connection, change: Any) -> bool:
    changed: int = connection.execute(change).rowcount
    return changed == 1


def _run(row: Row) -> Run:
    problem, _, detail = (row.problem or "").partition("\n")
    return Run(
        **{
            **row._mapping,
            "state": TrainingState(row.state),
            "problem": TrainingProblem(problem) if problem else None,
            "detail": detail,
        }
    )
