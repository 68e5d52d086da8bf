"""What the clock does: days counted once, files written once a day."""

import json
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.steering.daily import Exports, Settling, open_exports
from tests.conftest import ROOT
from tests.steering.town import NOON, ZONE, Town, at

NAMES = ROOT / "data" / "steering" / "figures.yaml"


def test_days_that_are_over_are_counted_once(engine: Engine) -> None:
    with engine.begin() as connection:
        town = Town(connection)
        town.turn(town.citizen("an"), at(20))
    settling = Settling(engine, ZONE)
    assert settling.once(NOON) == 2
    assert settling.once(NOON) == 0
    assert settling.once(NOON + 86_400) == 1


def test_the_figures_of_whole_days_are_written_once_a_day(sqlite_engine: Engine, tmp_path: Path) -> None:
    """The operations centre fetches one address; who compares days needs each of them."""
    folder = tmp_path / "out"
    exports = Exports(sqlite_engine, ZONE, NAMES, folder)
    written = exports.once(NOON)
    assert sorted(path.name for path in written) == [
        "figures_2026-11-21.csv",
        "figures_2026-11-21.json",
        "figures_2026-11-21.xlsx",
        "latest.json",
    ]
    told = json.loads((folder / "latest.json").read_text(encoding="utf-8"))
    assert (told["period"]["from"], told["period"]["to"]) == ("2026-10-23", "2026-11-21")
    assert exports.once(NOON + 3600) == []
    assert len(exports.once(NOON + 86_400)) == 4
    assert not list(folder.glob(".*"))


def test_without_a_folder_nothing_is_written(sqlite_engine: Engine) -> None:
    assert open_exports(sqlite_engine, ZONE, NAMES, "") is None
