"""Keeps a process's texts as staff approved them."""

import logging
import threading
import time

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.wording import Wording
from bot.control.texts import approved
from bot.control.variables import fitting

logger = logging.getLogger(__name__)


def refresh(connection: Connection, wording: Wording) -> None:
    """Say what is approved now."""
    wording.use(fitting(approved(connection), wording.shipped))


class WordingSource:
    """Hands out texts that are at most ``refresh_seconds`` older than the last decision; safe to call from
    several threads. While the database cannot be read, the texts stay as they are.
    """

    def __init__(self, engine: Engine, wording: Wording, refresh_seconds: float) -> None:
        self._engine, self._wording, self._refresh_seconds = engine, wording, refresh_seconds
        self._looked_at = float("-inf")
        self._lock = threading.Lock()

    def wording(self) -> Wording:
        """The texts; one of the callers reads them anew when it is time."""
        if time.monotonic() - self._looked_at >= self._refresh_seconds and self._lock.acquire(blocking=False):
            try:
                self._looked_at = time.monotonic()
                with self._engine.connect() as connection:
                    refresh(connection, self._wording)
            except SQLAlchemyError as error:
                logger.error("changed texts could not be read: %s", type(error).__name__)
            finally:
                self._lock.release()
        return self._wording
