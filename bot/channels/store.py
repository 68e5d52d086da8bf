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
        self._threads = ThreadPoolExecutor(8 if self.shared else 1, thread_name_prefix="store")

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction, tried again as ``transact`` does."""
        deed = partial(transact, self.engine, work, *args)
        return await asyncio.get_running_loop().run_in_executor(self._threads, deed)

    def close(self) -> None:
        """Finish what was begun; give back the connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()
