"""A browser on a bad line. A failure here is an answer the citizen never sees, or sees twice."""

import asyncio
import random
from pathlib import Path

from tests.faults.assistant import Assistant, answers
from tests.faults.browser import Browser
from tests.faults.conftest import Configure
from tests.faults.process import running

RECONNECTS = 100
KILLS = 3
QUESTIONS = 15
REPLIES = 6
PATIENCE_SECONDS = 60.0


async def test_a_stream_that_breaks_a_hundred_times_misses_and_repeats_nothing(
    sqlite_url: str, tmp_path: Path, configured: Configure
) -> None:
    """Messages arrive all the time, and the gateway is killed meanwhile as well."""
    dice = random.Random(7)
    asked = [f"câu {number}" for number in range(QUESTIONS)]
    async with Assistant.open(REPLIES) as assistant:
        settings = configured(sqlite_url, assistant.port)
        async with running(["one"], tmp_path, settings) as (gateway,):
            browser = Browser([gateway.url], 1, dice, pause=0.1)
            await browser.open()
            reading = asyncio.create_task(browser.read(lambda: dice.uniform(0.0, 0.2)))
            for number, text in enumerate(asked):
                await browser.post(text)
                await asyncio.sleep(dice.uniform(0.3, 0.9))
                if number % (QUESTIONS // KILLS) == 1:
                    gateway.kill()
                    gateway.spawn()
            expected = QUESTIONS * (1 + REPLIES)
            for _ in range(int(PATIENCE_SECONDS / 0.1)):
                assert not reading.done(), reading.exception()
                if browser.reconnects >= RECONNECTS and len(browser.shown) >= expected:
                    break
                await asyncio.sleep(0.1)
            reading.cancel()
            await browser.close()
    assert gateway.kills == KILLS and browser.reconnects >= RECONNECTS
    assert browser.texts("citizen") == asked
    assert browser.texts("assistant") == [said for text in asked for said in answers(text, REPLIES)]
    assert (browser.repeated, browser.gaps) == ([], [])
