"""A tracker as Rasa sends it, and the action over the shipped catalogue."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker

from bot.database import connect, upgrade
from bot.dossiers.store import Cabinet
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.nlu.understanding import open_understanding
from bot.reception import plain_reception
from bot.services import open_services
from bot.settings import Settings
from tests.working import ROOT, TODAY, source, trained_model

Says = Callable[..., Tracker]


@pytest.fixture(scope="session")
def catalogue() -> KnowledgeSource:
    """Knowledge over the shipped catalogue."""
    return source()


@pytest.fixture(autouse=True)
def resources(
    monkeypatch: pytest.MonkeyPatch, catalogue: KnowledgeSource, sqlite_url: str, tmp_path: Path
) -> None:
    """The action server's resources, without its configured database."""
    words = wording_from(ROOT / "domain.yml")
    upgrade(sqlite_url)
    cabinet = Cabinet(connect(sqlite_url))
    monkeypatch.setattr("actions.answer.reception", lambda: plain_reception(catalogue))
    monkeypatch.setattr("actions.answer.cabinet", lambda: cabinet)
    services = open_services(
        Settings(var_dir=tmp_path, database_url=sqlite_url), connect(sqlite_url), time.time
    )
    monkeypatch.setattr("actions.answer.services", lambda: services)
    monkeypatch.setattr("actions.answer.wording", lambda: words)
    monkeypatch.setattr("actions.answer.today", lambda: TODAY)


@pytest.fixture(scope="session")
def says() -> Says:
    """A tracker whose latest message is the text, understood by the real model."""
    understanding = open_understanding(trained_model(), ROOT / "data")

    def tracker(text: str, context: Any = None, channel: str = "local") -> Tracker:
        return Tracker(
            sender_id="citizen",
            slots={"context": context},
            latest_message=dict(understanding.parse(text)),
            events=[{"event": "user", "input_channel": channel}],
            paused=False,
            followup_action=None,
            active_loop={},
            latest_action_name="action_listen",
        )

    return tracker
