"""Approved changes of records go in force by themselves when their first day comes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool

from bot.amendments.applying import apply_due
from bot.catalogue.importing.context import read_checks
from bot.channels.tasks import trace
from bot.console.context import Console

logger = logging.getLogger(__name__)

HOUR = 3600.0


@asynccontextmanager
async def applying(console: Console, catalogue_dir: Path, pause: float = HOUR) -> AsyncIterator[None]:
    """Look at once and after every ``pause`` seconds, until the console ends."""
    task = asyncio.create_task(_again_and_again(console, catalogue_dir, pause))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _again_and_again(console: Console, catalogue_dir: Path, pause: float) -> None:
    while True:
        try:
            await run_in_threadpool(_apply, console, catalogue_dir)
        except Exception as error:
            # The console has other work; the next hour tries again.
            logger.error("changes that are due were not applied: %s", trace(error))
        await asyncio.sleep(pause)


def _apply(console: Console, catalogue_dir: Path) -> None:
    now = console.now()
    today = datetime.fromtimestamp(now, ZoneInfo(console.settings.time_zone)).date().isoformat()
    done = apply_due(console.work.engine, today, now, read_checks(catalogue_dir))
    if done is not None:
        logger.info("changes in force: %d records, revision %d", len(done.changed), done.revision)
