"""Wakes whoever waits for a change in a conversation, in this process and in the others."""

import asyncio
import logging
import select
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import anyio
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from bot.channels.tasks import trace

logger = logging.getLogger(__name__)

_CHANNEL = "qn_gateway"


class Ring:
    """One listener. ``wait`` returns at once when something rang since it last returned."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        self._event.set()

    async def wait(self, timeout: float) -> bool:
        """True when it rang, False after ``timeout`` seconds."""
        # asyncio.wait_for of Python 3.10 loses a cancellation that comes together with the event.
        with anyio.move_on_after(timeout):
            await self._event.wait()
            self._event.clear()
            return True
        return False


class Bell:
    """Rings by conversation id; ``EVERY`` hears all of them. Must be used from the event loop."""

    EVERY = "*"

    def __init__(self) -> None:
        self._rings: defaultdict[str, set[Ring]] = defaultdict(set)

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[Ring]:
        """A ring for as long as the context is open."""
        ring = Ring()
        self._rings[conversation_id].add(ring)
        try:
            yield ring
        finally:
            self._rings[conversation_id].discard(ring)
            if not self._rings[conversation_id]:
                del self._rings[conversation_id]

    def ring(self, conversation_id: str) -> None:
        """Wake the listeners of this process."""
        for heard in (conversation_id, self.EVERY):
            for ring in self._rings.get(heard, ()):
                ring.set()


def tell_others(connection: Connection, conversation_id: str) -> None:
    """Part of the transaction: processes on the same PostgreSQL hear of it at commit."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_notify(:channel, :what)"), {"channel": _CHANNEL, "what": conversation_id}
        )


class PostgresEar:
    """Listens for the other processes in a thread; a lost connection is opened again."""

    def __init__(self, engine: Engine, heard: Callable[[str], None]) -> None:
        self._engine, self._heard = engine, heard
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postgres-ear", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends within a second."""
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except Exception as error:
                logger.error("listening for other processes failed; trying again: %s", trace(error))
                self._stop.wait(1.0)

    def _listen(self) -> None:
        connection = self._engine.raw_connection()
        try:
            raw = connection.connection
            raw.set_isolation_level(0)
            with raw.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")
            while not self._stop.is_set():
                if not select.select([raw], [], [], 1.0)[0]:
                    continue
                raw.poll()
                while raw.notifies:
                    self._heard(raw.notifies.pop(0).payload)
        finally:
            connection.invalidate()
