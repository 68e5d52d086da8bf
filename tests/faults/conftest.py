"""Databases and settings for processes that are killed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.database import upgrade

Configure = Callable[[str, int], dict[str, str]]


@pytest.fixture(scope="session", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An installed gateway has its byte code; processes started here get one even where none may be written
    beside the sources.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


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
