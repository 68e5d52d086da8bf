"""What tests of the whole assistant stand on: the trained model and the loaded catalogue, made once a run.

Every folder of such tests imports the fixtures it needs into its own ``conftest.py``.
"""

import tempfile
from datetime import date
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

from bot.answers.wording import Wording
from bot.catalogue.importing.shipped import load_shipped
from bot.database import connect, upgrade
from bot.desk import Desk
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.nlu.understanding import Understanding, open_understanding
from bot.reception import Reception, plain_reception
from bot.settings import Settings
from bot.training import train_if_needed

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)


@cache
def trained_model() -> Path:
    """The model of the training data as it is; trained by the first test of a changed tree only, once for all
    processes that run tests.
    """
    settings = Settings()
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with (settings.models_dir / ".training").open("w") as one_at_a_time:
        flock(one_at_a_time, LOCK_EX)
        return train_if_needed(settings)


@cache
def catalogue_url() -> str:
    """A SQLite database of this run that holds the shipped catalogue."""
    folder = Path(tempfile.mkdtemp(prefix="catalogue-"))
    url = f"sqlite:///{folder / 'catalogue.db'}"
    upgrade(url)
    engine = connect(url)
    load_shipped(engine, ROOT / "data" / "catalogue")
    engine.dispose()
    return url


@cache
def source() -> KnowledgeSource:
    """Knowledge over the shipped catalogue, indexed once."""
    return KnowledgeSource(connect(catalogue_url()), ROOT / "data", refresh_seconds=3600)


@cache
def desk() -> Desk:
    """The in-process road through the real model and the shipped catalogue."""
    return desk_at(plain_reception(source()))


def desk_at(reception: Reception) -> Desk:
    """The same road to another reception."""
    return Desk(reception, _understanding(), wording())


@cache
def _understanding() -> Understanding:
    return open_understanding(trained_model(), ROOT / "data")


@cache
def wording() -> Wording:
    """The shipped texts."""
    return wording_from(ROOT / "domain.yml")
