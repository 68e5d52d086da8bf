"""Keeps the gateway's texts as staff approved them."""

import asyncio
import logging

from bot.answers.wording import Wording
from bot.channels.store import Store
from bot.channels.tasks import trace
from bot.control.reading import refresh

logger = logging.getLogger(__name__)


class Rewording:
    """``every``: seconds between two looks."""

    def __init__(self, store: Store, wording: Wording, every: float) -> None:
        self._store, self._wording, self._every = store, wording, every

    async def run(self) -> None:
        """Until cancelled; while the database cannot be read, the texts stay as they are."""
        while True:
            try:
                await self._store.run(refresh, self._wording)
            except Exception as error:
                logger.error("changed texts could not be read, trying again: %s", trace(error))
            await asyncio.sleep(self._every)
