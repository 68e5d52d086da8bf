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
from bot.conversations.erasing import idle, shells_since

logger = logging.getLogger(__name__)

_EVERY_SECONDS = 600.0
_DAY = 86_400.0
_CRASHED_WITHIN = 2 * _DAY
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
        self._started = False

    async def run(self) -> None:
        """Every ten minutes, until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:
                logger.error("retention failed, trying again later: %s", type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)

    async def once(self) -> int:
        """Delete all that is due; how many conversations were erased. Trouble with Rasa's store does not keep
        files and buttons.
        """
        try:
            return await self._conversations()
        finally:
            now = self._now()
            while await self._store.run(partial(self._attachments.expire, now=now)):
                continue
            if now - self._swept > _DAY:
                await self._store.run(partial(self._attachments.sweep, now=now))
                self._swept = now
            await self._store.run(_drop_buttons, now)

    async def _conversations(self) -> int:
        if not self._started:
            # A process that ended between an erasure and this leaves words in Rasa's store.
            for crashed in await self._store.run(shells_since, self._now() - _CRASHED_WITHIN):
                await self._forget(crashed)
            self._started = True
        erased = 0
        while True:
            # Rasa forgets first: afterwards nobody would know whom to forget.
            for conversation_id in await self._store.run(self._idle):
                await self._forget(conversation_id)
            report = await self._store.run(self._expire)
            if not report.conversations:
                return erased
            for conversation_id in report.conversations:
                await self._forget(conversation_id)
            erased += len(report.conversations)

    def _idle(self, connection: Connection) -> list[str]:
        return idle(connection, self._now() - self._kept, _AT_ONCE)

    def _expire(self, connection: Connection) -> ErasureReport:
        now = self._now()
        return expire(connection, now - self._kept, now, self._key, _AT_ONCE)


def _drop_buttons(connection: Connection, now: float) -> None:
    connection.execute(delete(button).where(button.c.expires_at <= now))
