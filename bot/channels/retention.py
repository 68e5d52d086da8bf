"""What the gateway deletes by itself: conversations, files and buttons whose time is over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.channels.attachments import Attachments
from bot.channels.erasing import ErasureReport, expire
from bot.channels.store import Store
from bot.channels.tables import button

logger = logging.getLogger(__name__)

_EVERY_SECONDS = 600.0
_DAY = 86_400.0
# With SQLite citizens wait for each of these transactions.
_AT_ONCE = 20


class Retention:
    """``forget`` deletes what Rasa keeps of a conversation; ``key``: of ``bot.channels.erasing``."""

    def __init__(
        self,
        store: Store,
        attachments: Attachments,
        forget: Callable[[str], Awaitable[None]],
        key: bytes,
        chat_days: int,
        now: Callable[[], float],
    ) -> None:
        self._store, self._attachments, self._forget = store, attachments, forget
        self._key, self._kept, self._now = key, chat_days * _DAY, now
        self._swept = 0.0
        self._unforgotten: set[str] = set()

    async def run(self) -> None:
        """Every ten minutes, until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:
                logger.error("retention failed, trying again later: %s", type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)

    async def once(self) -> int:
        """Delete all that is due; how many conversations were erased."""
        erased = 0
        while (report := await self._store.run(self._expire)).conversations:
            self._unforgotten.update(report.conversations)
            erased += len(report.conversations)
        now = self._now()
        while await self._store.run(partial(self._attachments.expire, now=now)):
            continue
        if now - self._swept > _DAY:
            await self._store.run(partial(self._attachments.sweep, now=now))
            self._swept = now
        await self._store.run(_drop_buttons, now)
        # What was erased is not reported again: a tracker that is busy now is forgotten next time.
        for conversation_id in tuple(self._unforgotten):
            await self._forget(conversation_id)
            self._unforgotten.discard(conversation_id)
        return erased

    def _expire(self, connection: Connection) -> ErasureReport:
        now = self._now()
        return expire(connection, now - self._kept, now, self._key, _AT_ONCE)


def _drop_buttons(connection: Connection, now: float) -> None:
    connection.execute(delete(button).where(button.c.expires_at <= now))
