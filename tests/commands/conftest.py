"""Commands keep what they keep beside the database away from the installation that is being worked on."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_var_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_VAR_DIR", str(tmp_path / "var"))
