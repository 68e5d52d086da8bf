"""Consoles over real databases."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from bot.console.wording import read_texts
from bot.settings import Settings
from bot.staff import passwords
from tests.conftest import Templates
from tests.console.desk import Desk


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The strength of the hash is not what these tests are about; its time would be most of theirs."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64))


@pytest.fixture(scope="session", autouse=True)
def texts_read_once() -> Iterator[None]:
    """No test changes the texts of the console; reading them takes most of the time of opening a desk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.console.app.read_texts", cache(read_texts))
        yield


def _desk(url: str, folder: Path, templates: Templates, engine: Engine) -> Desk:
    tracker = f"sqlite:///{folder / 'tracker.db'}"
    return Desk(engine, Settings(database_url=url, tracker_url=tracker, var_dir=folder / "var"))


@pytest.fixture
def desk(sqlite_url: str, sqlite_engine: Engine, templates: Templates, tmp_path: Path) -> Iterator[Desk]:
    """A console on SQLite, for what does not depend on the database."""
    opened = _desk(sqlite_url, tmp_path, templates, sqlite_engine)
    yield opened
    opened.app.state.console.work.close()


@pytest.fixture
def any_desk(database_url: str, engine: Engine, templates: Templates, tmp_path: Path) -> Iterator[Desk]:
    """A console on either database."""
    opened = _desk(database_url, tmp_path, templates, engine)
    yield opened
    opened.app.state.console.work.close()
