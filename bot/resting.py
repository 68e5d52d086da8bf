"""Whether a connection is still there, asked only where nobody used it for a while."""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

REST = 1.0
"""Seconds; a server that restarts takes longer, and what has just answered need not be asked."""
_SINCE = "rests_since"


def look_after_rest(engine: Engine, rest: float = REST) -> None:
    """As SQLAlchemy's ``pool_pre_ping``, which asks before each use: a round trip of every transaction."""

    def leave(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    def take(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_SINCE)
        rested = since is not None and time.monotonic() - since >= rest
        if rested and not engine.dialect.do_ping(connection):
            # All others were made before it went away; the pool makes them anew.
            raise InvalidatePoolError()

    event.listen(engine, "checkin", leave)
    event.listen(engine, "checkout", take)
