"""Transactions off the event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

logger = logging.getLogger(__name__)

T = TypeVar("T")
_TRIES = 4


class Store:
    """Runs work in transactions in a few threads: one on SQLite, which has one writer anyway."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.shared = engine.dialect.name != "sqlite"
        self._threads = ThreadPoolExecutor(8 if self.shared else 1, thread_name_prefix="store")

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction. A lost connection, a lock that came too late or a
        deadlock is tried again: the transaction left nothing behind.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, work, args)

    def close(self) -> None:
        """Finish what was begun; give back the connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()

    def _transact(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        for left in reversed(range(_TRIES)):
            try:
                with self.engine.begin() as connection:
                    return work(connection, *args)
            except DBAPIError as error:
                # A connection that broke in the middle may show as another kind of error.
                again = isinstance(error, OperationalError) or error.connection_invalidated
                if not left or not again:
                    raise
                logger.warning("transaction repeated: %s", type(error.orig).__name__)
        raise AssertionError("unreachable")
