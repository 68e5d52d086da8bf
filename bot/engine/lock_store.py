"""One turn at a time for each conversation of this process, without polling."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError

_Turn = asyncio.Future[None]


class QueueLockStore(InMemoryLockStore):  # type: ignore[misc]
    """Whoever waits is woken when its turn comes; Rasa's stores look once a second.

    For one process. Across processes the gateway keeps a conversation to one turn at a time, by a lease in
    the database (``bot.channels.inbox``), so that no second store has to.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._waiting: dict[str, deque[_Turn]] = {}
        """Of each conversation that has a turn under way, those that wait for its end."""

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 0,
    ) -> AsyncIterator[TicketLock]:
        """First come, first served. Raises ``LockError`` after ``lock_lifetime`` seconds of waiting."""
        await self._enter(conversation_id, lock_lifetime)
        try:
            yield TicketLock(conversation_id)
        finally:
            self._leave(conversation_id)

    async def _enter(self, conversation_id: str, patience: float) -> None:
        waiting = self._waiting.get(conversation_id)
        if waiting is None:
            self._waiting[conversation_id] = deque()
            return
        loop = asyncio.get_running_loop()
        turn: _Turn = loop.create_future()
        waiting.append(turn)
        refusal = LockError(f"waited too long for conversation {conversation_id}")
        alarm = loop.call_later(patience, _refuse, turn, refusal)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                # The turn had come in the same moment: the next one gets it.
                self._leave(conversation_id)
            raise
        finally:
            alarm.cancel()

    def _leave(self, conversation_id: str) -> None:
        waiting = self._waiting[conversation_id]
        while waiting:
            turn = waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        del self._waiting[conversation_id]


def _refuse(turn: _Turn, refusal: LockError) -> None:
    if not turn.done():
        turn.set_exception(refusal)
