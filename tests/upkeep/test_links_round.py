"""Asking for many addresses: each once, none that no record has, and nothing lost when it is stopped."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from sqlalchemy.engine import Engine

from bot.catalogue.importing.importer import Import, run_import
from bot.cli import main
from bot.commands import links
from bot.settings import get_settings
from bot.staff.audit import SYSTEM, entries
from bot.upkeep import links_kept
from bot.upkeep.links import Found, LinkChecker, Pace
from bot.upkeep.links_round import DAY, Uses, check_due
from bot.upkeep.states import LinkState
from tests.reviews.conftest import NOON
from tests.steering.records import OLD, PROCEDURES
from tests.upkeep.websites import website

BORN = PROCEDURES[0]
ALIVE, GONE = Found(LinkState.ALIVE, 200), Found(LinkState.GONE, 404)


def load(engine: Engine, *addresses: str) -> None:
    records = [
        replace(BORN, code=f"1.{number:06}", source=replace(OLD, url=address))
        for number, address in enumerate(addresses)
    ]
    run_import(engine, Import(records, "test"), datetime(2026, 11, 22, tzinfo=timezone.utc))


def test_the_longest_not_asked_for_comes_first(sqlite_engine: Engine) -> None:
    load(sqlite_engine, "https://a.vn", "https://b.vn", "https://c.vn")
    with sqlite_engine.begin() as connection:
        links_kept.record(connection, "https://a.vn", ALIVE, NOON - 8 * DAY)
        links_kept.record(connection, "https://b.vn", ALIVE, NOON - 6 * DAY)
        links_kept.record(connection, "https://old.vn", GONE, NOON - 9 * DAY)
    asked: list[str] = []

    def check(address: str) -> Found:
        asked.append(address)
        return GONE if address == "https://a.vn" else ALIVE

    found = check_due(sqlite_engine, SYSTEM, check, 9, 7, lambda: NOON)
    assert asked == ["https://c.vn", "https://a.vn"]
    assert found == {LinkState.ALIVE: 1, LinkState.GONE: 1}
    assert check_due(sqlite_engine, SYSTEM, check, 9, 7, lambda: NOON) == {}
    with sqlite_engine.connect() as connection:
        assert links_kept.find(connection, "https://old.vn") is None
        assert [entry.detail for entry in entries(connection)] == [{"alive": 1, "gone": 1}]


def test_what_was_found_before_a_stop_is_kept(sqlite_engine: Engine) -> None:
    load(sqlite_engine, "https://a.vn", "https://b.vn")
    told: list[str] = []
    found = check_due(
        sqlite_engine,
        SYSTEM,
        lambda address: ALIVE,
        9,
        7,
        lambda: NOON,
        told=lambda link: told.append(link.url),
        stopped=lambda: bool(told),
    )
    assert found == {LinkState.ALIVE: 1} and told == ["https://a.vn"]
    with sqlite_engine.connect() as connection:
        assert links_kept.find(connection, "https://a.vn") and not links_kept.find(connection, "https://b.vn")


def test_addresses_are_read_anew_after_an_import(sqlite_engine: Engine) -> None:
    """An editor who has just mended a link would otherwise be told that no record has it."""
    load(sqlite_engine, "https://a.vn")
    uses = Uses()
    with sqlite_engine.connect() as connection:
        first = uses.read(connection)
        assert first == {"https://a.vn": ("1.000000",)} and uses.read(connection) is first
    load(sqlite_engine, "https://b.vn")
    with sqlite_engine.connect() as connection:
        assert uses.read(connection) == {"https://b.vn": ("1.000000",)}


@pytest.fixture
def at_home(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("BOT_VAR_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    yield sqlite_engine
    get_settings.cache_clear()


def test_the_command_names_what_is_to_be_mended(at_home: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def checker() -> LinkChecker:
        return LinkChecker(lambda ip: True, Pace(0.5, 0.5, 1.0, apart=0.0))

    monkeypatch.setattr(links, "LinkChecker", checker)
    with website() as site:
        load(at_home, f"{site.address}/fine", f"{site.address}/missing", f"{site.address}/moved")
        done = CliRunner().invoke(main, ["catalogue", "links", "--limit", "2"])
        assert done.exit_code == 0, done.output
        assert done.output.splitlines() == [
            f"gone 404: {site.address}/missing",
            "alive: 1, moved: 0, gone: 1, failing: 0, forbidden: 0",
        ]
        again = CliRunner().invoke(main, ["catalogue", "links", "--older-than", "0.5"])
        assert f"moved 200: {site.address}/moved → {site.address}/fine" in again.output
