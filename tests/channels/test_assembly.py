"""The whole gateway as it is put together from the settings. A failure here is a service that is down."""

import asyncio
from pathlib import Path

import pytest

from bot.channels.assembly import assemble
from bot.channels.rules import Rules
from bot.database import upgrade
from tests.channels.conftest import words
from tests.channels.running import SmallRasa, running, settings
from tests.conftest import ROOT
from tests.e2e.visitor import Visitor

WORDS = words()


async def test_without_rasa_it_starts_says_what_is_missing_and_stops(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    async with running(told) as browser:
        async with browser.get("/health/live") as live:
            assert live.status == 200
        async with browser.get("/health/ready") as ready:
            body = await ready.json()
    assert (ready.status, body["assistant"]) == (503, False)
    assert body["workers"] and body["database"] and body["channels"] == ["web"]


async def test_a_question_asked_while_rasa_is_away_is_answered_once_it_is_there(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Restarting Rasa takes longer than citizens wait: nobody may have to ask again."""
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    rasa = SmallRasa(told)
    rules = Rules("test", turn_timeout=0.5, sweep_every=0.05)
    async with running(told, rules), Visitor.at(told.gateway_url) as citizen:
        await citizen.says("lệ phí khai sinh")
        await citizen.hears_of(WORDS.patience.text)
        await rasa.start()
        await citizen.hears_of("đáp lệ phí khai sinh")
        said = [m["text"] for m in await citizen.log()]
    await rasa.stop()
    assert said == ["lệ phí khai sinh", WORDS.patience.text, "đáp lệ phí khai sinh"]


async def test_ready_once_rasa_is_there(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    rasa = SmallRasa(told)
    await rasa.start()
    async with running(told) as browser, browser.get("/health/ready") as ready:
        assert ready.status == 200
    await rasa.stop()


async def test_what_was_not_answered_is_answered_after_a_restart(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    rasa = SmallRasa(told)
    async with running(told), Visitor.at(told.gateway_url) as citizen:
        await citizen.says("lệ phí khai sinh")
        await asyncio.sleep(0.2)
    await rasa.start()
    async with running(told):
        for _ in range(100):
            if rasa.asked:
                break
            await asyncio.sleep(0.1)
    await rasa.stop()
    assert rasa.asked == ["lệ phí khai sinh"]


async def test_pages_and_api_carry_the_headers_that_keep_browsers_safe(
    sqlite_url: str, tmp_path: Path
) -> None:
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    async with running(told) as browser:
        for path, kind in (("/", "text/html"), ("/health/live", "application/json")):
            async with browser.get(path) as answer:
                assert answer.status == 200 and answer.headers["Content-Type"].startswith(kind)
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        async with browser.post("/webhooks/zalo/webhook", data=b"{}") as off:
            assert off.status == 404, "a channel without credentials has no door"


async def test_settings_that_make_no_sense_are_named(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    with pytest.raises(ValueError, match="BOT_WEB_SECRET"):
        assemble(settings(sqlite_url, tmp_path, web_secret="short"), ROOT)
