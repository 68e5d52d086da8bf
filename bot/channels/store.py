"""Transactions off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from bot.transactions import transact

T = TypeVar("T")


class Store:
    """Runs work in transactions in a few threads: one on SQLite, which has one writer anyway."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.shared = engine.dialect.name != "sqlite"
        # On SQLite a read begins no transaction that would cost a round trip.
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT") if self.shared else engine
        self._threads = ThreadPoolExecutor(8 if self.shared else 1, thread_name_prefix="store")

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction, tried again as ``transact`` does."""
        return await self._off_loop(partial(transact, self.engine, work, *args))

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """The same for work that only reads, and whose statements need not all see the same moment: on
        PostgreSQL one round trip for each of them, and none besides.
        """
        return await self._off_loop(partial(transact, self._reading, work, *args))

    async def _off_loop(self, deed: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, deed)

    def close(self) -> None:
        """Finish what was begun; give back the connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()
