"""``bot bench`` from end to end over a few questions. A bench that breaks lets slowness go unseen."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import get_settings
from tests.working import catalogue_url, trained_model


@pytest.fixture
def _loaded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOT_DATABASE_URL", catalogue_url())
    monkeypatch.setenv("BOT_MODELS_DIR", str(trained_model().parent))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("_loaded")
def test_bench_tells_the_machine_and_every_figure(tmp_path: Path):
    out = tmp_path / "bench.json"
    done = CliRunner().invoke(main, ["bench", "--limit", "5", "--size", "1", "--json", str(out)])
    assert done.exit_code == 0, done.output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["machine"]["cpu"] and report["questions"] == 5
    assert all(times["p50"] <= times["p99"] for times in report["ms"].values())
    assert report["ms"]["both"]["p99"] < 1000
    assert [row["times"] for row in report["growth"]] == [1]
    assert report["growth"][0]["procedures"] > 4000
    assert report["machine"]["cpu"] in done.output


def test_two_measurements_at_once_are_refused():
    """``--servers --soak 20`` would measure for an hour, and not the load somebody waits for."""
    done = CliRunner().invoke(main, ["bench", "--servers", "--soak", "20"])
    assert done.exit_code == 2 and "Mỗi lần chỉ đo được một thứ" in done.output
