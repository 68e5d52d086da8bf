"""The work of one run of "train and compare", in the process that does nothing else."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.learning import training
from bot.learning.releasing import Progress, Released
from bot.learning.releasing_sets import ReleaseError
from bot.learning.states import TrainingState
from bot.learning.training import TrainingProblem
from bot.training import TrainingError
from bot.transactions import transact

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
_LONGEST_DETAIL = 2000


@dataclass(frozen=True)
class Steps:
    """``train`` makes the model of what ships and was learned (raises ``TrainingError``); ``measure`` says
    whether it may serve (raises ``ReleaseError``); ``seconds``: how long training takes, more or less.
    """

    train: Callable[[], Path]
    measure: Callable[[Path, Progress], Released]
    seconds: float


def work(
    engine: Engine,
    run_id: int,
    compared: str | None,
    steps: Steps,
    now: Callable[[], float],
    stop: Callable[[], None],
    pause: float = BEAT_SECONDS,
) -> TrainingState | None:
    """Do a queued run to its end; None when it was somebody else's, or ended meanwhile.

    ``compared``: the model that serves. ``stop`` is called from another thread when somebody cancelled.
    """
    if not transact(engine, training.begin, run_id, compared, now()):
        return None
    with _Pulse(engine, run_id, steps.seconds, now, stop, pause) as pulse:
        try:
            released = steps.measure(steps.train(), pulse.tell)
        except TrainingError as problem:
            return _failed(engine, run_id, TrainingProblem.TRAINING, now(), str(problem))
        except ReleaseError as problem:
            return _failed(engine, run_id, TrainingProblem.MEASURING, now(), str(problem))
        # Whoever waits must be told; the log has the rest.
        except Exception as problem:
            logger.exception("a run broke")
            detail = f"{type(problem).__name__}: {problem}"
            return _failed(engine, run_id, TrainingProblem.BROKEN, now(), detail)
    told = (released.model, released.released, released.as_dict())
    if not transact(engine, training.finish, run_id, *told, now()):
        return None
    return TrainingState.RELEASED if released.released else TrainingState.HELD_BACK


class _Pulse:
    """Beats from a thread of its own while the work goes on."""

    def __init__(
        self,
        engine: Engine,
        run_id: int,
        seconds: float,
        now: Callable[[], float],
        stop: Callable[[], None],
        pause: float,
    ) -> None:
        self._engine, self._run_id, self._seconds = engine, run_id, seconds
        self._now, self._stop, self._pause = now, stop, pause
        self._state, self._share, self._began = TrainingState.TRAINING, 0.0, now()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, daemon=True)

    def __enter__(self) -> "_Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def tell(self, state: TrainingState, share: float) -> None:
        """Hear how far the work is; a new state is written at once."""
        is_new = state is not self._state
        self._state, self._share = state, share
        if is_new:
            self._beat()

    def _beat_on(self) -> None:
        while not self._ended.wait(self._pause):
            self._beat()

    def _beat(self) -> None:
        share = self._share
        if self._state is TrainingState.TRAINING:
            # Rasa does not tell how far it is.
            share = min((self._now() - self._began) / self._seconds, 0.98)
        try:
            going_on = transact(self._engine, training.beat, self._run_id, self._state, share, self._now())
        except DBAPIError:
            logger.warning("a beat was lost", exc_info=True)
            return
        if not going_on:
            self._stop()


def _failed(
    engine: Engine, run_id: int, problem: TrainingProblem, now: float, detail: str
) -> TrainingState | None:
    if not transact(engine, training.fail, run_id, problem, now, detail[-_LONGEST_DETAIL:]):
        return None
    return TrainingState.FAILED
