"""``bot privacy scan`` must fail loudly where somebody's number stands, without telling it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.cli import main
from bot.database import connect
from bot.settings import get_settings
from bot.staff.audit import entries
from tests.privacy.conftest import wrote

CCCD = "022089001234"


@pytest.fixture
def installed(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An installation with one conversation, and what Rasa remembers of it."""
    tracker = f"sqlite:///{tmp_path / 'tracker.db'}"
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("BOT_TRACKER_URL", tracker)
    get_settings.cache_clear()
    with sqlite_engine.begin() as connection:
        wrote(connection, "lệ phí khai sinh")
    with connect(tracker).begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)"))
    yield sqlite_engine
    get_settings.cache_clear()


def test_clean_is_zero_and_one_number_in_rasas_memory_is_one(installed: Engine) -> None:
    clean = CliRunner().invoke(main, ["privacy", "scan"])
    assert clean.exit_code == 0, clean.output
    with connect(get_settings().tracker_url).begin() as connection:
        data = {"data": f'{{"event": "user", "text": "số {CCCD}"}}'}
        connection.execute(text("INSERT INTO events (data) VALUES (:data)"), data)
    found = CliRunner().invoke(main, ["privacy", "scan"])
    assert found.exit_code == 1
    assert "!! events.data: citizen_id × 1" in found.output and CCCD not in found.output
    with installed.connect() as connection:
        assert [entry.action for entry in entries(connection)] == ["scanned", "scanned"]
