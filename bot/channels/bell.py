"""Wakes whoever waits for a change in a conversation, in this process and in the others."""

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from secrets import token_hex
from select import select as select_ready

import anyio
from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection, Engine

from bot.channels.tasks import trace
from bot.clause import clause

logger = logging.getLogger(__name__)

_CHANNEL = "qn_gateway"
_NOTIFY = clause(select(func.pg_notify(_CHANNEL, bindparam("what"))))


class Ring:
    """One listener. ``wait`` returns at once when something rang since it last did: nothing is missed."""

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
    """Rings by conversation id, and for the workers that may have something to do now. Must be used from the
    event loop.
    """

    INBOX, OUTBOX, DESK = "*inbox", "*outbox", "*desk"
    """Messages may be taken up, parts sent, words of staff said."""
    WORKERS = (INBOX, OUTBOX, DESK)

    def __init__(self) -> None:
        self._rings: defaultdict[str, set[Ring]] = defaultdict(set)

    @contextmanager
    def listen(self, name: str, ring: Ring | None = None) -> Iterator[Ring]:
        """A ring for a conversation or a worker, for as long as the context is open; ``ring``: one that tells
        of other things, too.
        """
        ring = ring or Ring()
        self._rings[name].add(ring)
        try:
            yield ring
        finally:
            self._rings[name].discard(ring)
            if not self._rings[name]:
                del self._rings[name]

    def ring(self, conversation_id: str, workers: Iterable[str] = WORKERS) -> None:
        """Wake the listeners of this process."""
        self.wake(conversation_id, *workers)

    def wake(self, *names: str) -> None:
        """The same without a conversation."""
        for name in names:
            for ring in self._rings.get(name, ()):
                ring.set()


# Names an engine of this process among those of all others: whoever writes rings here by themselves.
_PROCESS = token_hex(8)


def tell_others(connection: Connection, conversation_id: str) -> None:
    """Part of the transaction: processes on the same PostgreSQL hear of it at commit. This one does not."""
    _tell(connection, f"{conversation_id} {_sender(connection.engine)}")


def tell_all(connection: Connection, conversation_id: str) -> None:
    """The same where nobody rings in this process: on PostgreSQL it hears of it, too."""
    _tell(connection, conversation_id)


def _tell(connection: Connection, what: str) -> None:
    if connection.dialect.name == "postgresql":
        _NOTIFY.change(connection, what=what)


def _sender(engine: Engine) -> str:
    return f"{_PROCESS}{id(engine):x}"


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
        connection, mine = self._engine.raw_connection(), _sender(self._engine)
        try:
            raw = connection.connection
            raw.set_isolation_level(0)
            with raw.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")
            while not self._stop.is_set():
                if not select_ready([raw], [], [], 1.0)[0]:
                    continue
                raw.poll()
                while raw.notifies:
                    conversation_id, _, sender = raw.notifies.pop(0).payload.partition(" ")
                    if sender != mine:
                        self._heard(conversation_id)
        finally:
            connection.invalidate()
