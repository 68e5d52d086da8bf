"""Turns, each from beginning to end in one thread: as many at once as pays, the others wait in order."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


AT_ONCE = 2
"""One works while another waits for the database: Python works on one at a time anyway, and those it goes to
and fro between all end late."""
PATIENCE = 0.1
"""Seconds after which a turn no longer counts: it waits for a government system, not for the processor."""
MOST = 32
"""Threads, for turns that wait."""


class TurnLoop(asyncio.SelectorEventLoop):
    """The loop of one turn. What is to be done beside it is done at once: nobody else waits for this loop,
    and a thread more would only have to be waited for.
    """

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        """The result or the error, already there."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class Turns:
    """Use within one event loop."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._patience = patience
        self._threads = ThreadPoolExecutor(MOST, thread_name_prefix="turn")
        self._own = threading.local()

    async def run(self, turn: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What the turn gives or raises. First come, first served."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        place = _Place(self._places)
        alarm = loop.call_later(self._patience, place.leave)
        try:
            return await loop.run_in_executor(self._threads, self._finish, turn)
        finally:
            alarm.cancel()
            place.leave()

    def _finish(self, turn: Callable[[], Coroutine[Any, Any, T]]) -> T:
        loop: TurnLoop | None = getattr(self._own, "loop", None)
        if loop is None:
            loop = self._own.loop = TurnLoop()
        return loop.run_until_complete(turn())


class _Place:
    """Is left once, by the clock or at the end."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places, self._left = places, False

    def leave(self) -> None:
        if not self._left:
            self._left = True
            self._places.release()
