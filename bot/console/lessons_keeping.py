"""Keeps the files of lessons what the database says: after each decision, and after what citizens do."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.console.context import Console
from bot.learning.files import Written, write_lessons

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 60.0
"""Citizens take consents back and erase conversations elsewhere: so soon their words leave the files."""


async def write_now(console: Console) -> Written | None:
    """Write the files; None where that failed, which the next round of ``keeping`` puts right."""
    try:
        return await console.run(write_lessons, console.settings.learned_dir)
    except Exception as error:
        logger.error("the files of lessons were not written: %s", type(error).__name__)
        return None


@asynccontextmanager
async def keeping(console: Console) -> AsyncIterator[None]:
    """As long as the console runs."""

    async def keep() -> None:
        while True:
            await write_now(console)
            await asyncio.sleep(_PAUSE_SECONDS)

    task = asyncio.create_task(keep())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
