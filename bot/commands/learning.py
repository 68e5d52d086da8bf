"""``bot models train-and-compare``: the process behind the console's button."""

import logging
import os
import time
from pathlib import Path

import click
from sqlalchemy.engine import Connection, Engine

from bot.bank.activation import Act
from bot.bank.bank import Bank, name_of
from bot.commands.evaluate import subject_of
from bot.commands.model import read_sets
from bot.database import connect
from bot.learning import training
from bot.learning.files import write_lessons
from bot.learning.releasing import Progress, Released, release
from bot.learning.releasing_sets import read_limits
from bot.learning.states import TrainingState
from bot.learning.training_group import end_group, lead_group
from bot.learning.training_work import Steps, work
from bot.settings import Settings, get_settings
from bot.staff import audit
from bot.staff.actions import Action
from bot.training import newest_model, train_if_needed
from bot.transactions import transact

# Citizens are answered first: whatever this takes, it takes from what they leave.
_NICENESS = 15
_USUAL_SECONDS = 180.0
_PINNED = "Giữ mô hình đang phục vụ khi huấn luyện mô hình mới"


@click.command("train-and-compare")
@click.argument("run_id", metavar="RUN", type=int)
def train_and_compare(run_id: int) -> None:
    """Làm lượt huấn luyện đã đặt trên trang của cán bộ / do a run queued in the console."""
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    os.nice(_NICENESS)
    lead_group()
    engine = connect(settings.database_url)
    found = transact(engine, training.find, run_id)
    if found is None or found.state is not TrainingState.QUEUED:
        raise click.ClickException(f"Không có lượt huấn luyện {run_id} đang chờ.")
    served = pin(engine, settings)
    steps = Steps(
        train=lambda: _trained(engine, settings),
        measure=lambda model, progress: _measured(settings, model, progress),
        seconds=_seconds(settings, served),
    )
    ended = work(engine, run_id, served, steps, time.time, end_group)
    click.echo(f"{run_id}: {ended.value if ended else '–'}")


def pin(engine: Engine, settings: Settings) -> str | None:
    """The model that serves, made the active one where none was chosen; None where there is none at all.

    Otherwise the next restart would take the youngest model, fit to serve or not.
    """
    bank, model = Bank(settings.models_dir), newest_model(settings)
    if model is None or bank.active_model() is not None:
        return name_of(model) if model else None
    name, now = name_of(model), time.time()

    def pinned(connection: Connection) -> None:
        audit.record(connection, audit.SYSTEM, Action.MODEL_ACTIVATED, f"model:{name}", now, _PINNED)

    transact(engine, pinned)
    bank.record(Act.ACTIVATED, name, _PINNED, served=None, by=audit.SYSTEM.login)
    return name


def _trained(engine: Engine, settings: Settings) -> Path:
    transact(engine, write_lessons, settings.learned_dir)
    return train_if_needed(settings, click.echo)


def _measured(settings: Settings, model: Path, progress: Progress) -> Released:
    sets, limits = read_sets(settings), read_limits(settings)
    return release(settings, model, sets, limits, subject_of, progress, measure_active=True)


def _seconds(settings: Settings, served: str | None) -> float:
    """How long the training of the model before took."""
    card = Bank(settings.models_dir).card(served) if served else None
    return float((card or {}).get("training_seconds") or _USUAL_SECONDS)
