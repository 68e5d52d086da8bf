"""What is lost when these fail: whoever runs the installation cannot hand figures on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from bot.cli import main
from bot.settings import get_settings
from bot.staff import audit
from bot.staff.actions import Action
from tests.steering.town import Town, at


@pytest.fixture(autouse=True)
def _installation(sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    get_settings.cache_clear()
    with sqlite_engine.begin() as connection:
        town = Town(connection)
        for number in range(5):
            town.turn(town.citizen(f"c{number}"), at(20))
    yield
    get_settings.cache_clear()


def _run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, ["figures", *arguments])
    assert (result.exit_code != 0) is fails, result.output
    return result.output


def test_an_export_tells_its_file_and_is_in_the_log(sqlite_engine: Engine, tmp_path: Path) -> None:
    period = ("--since", "2026-11-16", "--until", "2026-11-21")
    path = _run("export", "--format", "json", *period, "--group", "use", "--out", str(tmp_path)).strip()
    assert path.endswith("figures_2026-11-16_2026-11-21.json")
    figures = json.loads(Path(path).read_text(encoding="utf-8"))["figures"]
    assert (figures[0]["key"], figures[0]["n"]) == ("volume", 5)
    with sqlite_engine.connect() as connection:
        assert audit.entries(connection)[0].action == Action.EXPORTED.value


def test_what_is_no_period_is_refused(tmp_path: Path) -> None:
    period = ("--since", "2026-11-16", "--until", "2026-11-01")
    assert "not a period" in _run("export", *period, "--out", str(tmp_path), fails=True)


def test_days_are_counted_ahead() -> None:
    assert int(_run("count").split()[0]) > 0
    assert _run("count").startswith("0 ")
