"""Transactions off the event loop."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool

from bot.transactions import transact

T = TypeVar("T")


class Work:
    """Runs work in transactions, each in a thread: members of staff read at the same time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction, tried again as ``transact`` does."""
        return await run_in_threadpool(transact, self.engine, work, *args)

    def close(self) -> None:
        self.engine.dispose()
