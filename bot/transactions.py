"""One transaction, tried again when the database took it back."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

logger = logging.getLogger(__name__)

T = TypeVar("T")
TRIES = 4


def transact(engine: Engine, work: Callable[..., T], *args: Any) -> T:
    """``work(connection, *args)`` in one transaction. A lost connection, a lock that came too late or a
    deadlock is tried again, ``TRIES`` times in all: the transaction left nothing behind.

    Raises what ``work`` raises, and ``DBAPIError`` when the last try failed, too.
    """
    for left in reversed(range(TRIES)):
        try:
            with engine.begin() as connection:
                return work(connection, *args)
        except DBAPIError as error:
            # A connection that broke in the middle may show as another kind of error.
            again = isinstance(error, OperationalError) or error.connection_invalidated
            if not left or not again:
                raise
            logger.warning("transaction repeated: %s", type(error.orig).__name__)
    raise AssertionError("unreachable")
