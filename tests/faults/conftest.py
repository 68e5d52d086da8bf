"""Databases and settings for processes that are killed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.database import upgrade

Configure = Callable[[str, int], dict[str, str]]


@pytest.fixture
def configured(tmp_path: Path) -> Configure:
    """Settings of a gateway over an upgraded database and an assistant at a port, by name."""

    def configure(database_url: str, assistant_port: int) -> dict[str, str]:
        upgrade(database_url)
        return {
            "database_url": database_url,
            "tracker_url": f"sqlite:///{tmp_path}/tracker.db",
            "var_dir": str(tmp_path / "var"),
            "host": "127.0.0.1",
            "rasa_port": str(assistant_port),
            "public_url": "http://127.0.0.1",
            "web_secret": "a-secret-for-tests-only",
        }

    return configure
