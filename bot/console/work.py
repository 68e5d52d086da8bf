"""Transactions off the event loop."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from starlette.concurrency import run_in_threadpool

logger = logging.getLogger(__name__)

T = TypeVar("T")
_TRIES = 4


class Work:
    """Runs work in transactions, each in a thread: members of staff read at the same time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction. A lost connection, a lock that came too late or a
        deadlock is tried again: the transaction left nothing behind.
        """
        return await run_in_threadpool(self._transact, work, args)

    def close(self) -> None:
        self.engine.dispose()

    def _transact(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        for left in reversed(range(_TRIES)):
            try:
                with self.engine.begin() as connection:
                    return work(connection, *args)
            except DBAPIError as error:
                again = isinstance(error, OperationalError) or error.connection_invalidated
                if not left or not again:
                    raise
                logger.warning("transaction repeated: %s", type(error.orig).__name__)
        raise AssertionError("unreachable")
