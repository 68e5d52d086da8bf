"""One connection to PostgreSQL for whose replies the event loop waits, while its thread does other work."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from psycopg2 import Error
from psycopg2.errors import FeatureNotSupported, InvalidSqlStatementName
from psycopg2.extensions import POLL_OK, POLL_WRITE, connection

from bot.preparing import Key, key_of, preparation

Row = tuple[Any, ...]


class Wire:
    """``opened``: of psycopg2 with ``async_``, and ready. For the event loop it is made in; one statement at
    a time, each a transaction of its own and prepared when it first comes. ``lost``: told that the server
    went away while nothing was asked.
    """

    def __init__(self, opened: connection, lost: Callable[[], object]) -> None:
        self._connection, self._file, self._lost = opened, opened.fileno(), lost
        self._loop = asyncio.get_running_loop()
        self._calls: dict[Key, str] = {}
        self._waiting: asyncio.Future[None] | None = None
        self._is_full = False
        self._loop.add_reader(self._file, self._look)

    @property
    def is_free(self) -> bool:
        """Whether it is there and nothing is under way."""
        return self._waiting is None and not self._connection.closed

    @property
    def is_lost(self) -> bool:
        """Whether the server is not there any more."""
        return bool(self._connection.closed)

    async def run(self, query: str, values: Mapping[str, Any], returns: bool) -> list[Row]:
        """Its rows where it ``returns`` any. Raises errors of the driver. Whoever does not wait for the end
        leaves the connection unusable.
        """
        key = key_of(query, values)
        if key is None:
            return await self._sent(query, values, returns)
        call = self._calls.get(key)
        if call is None:
            call = self._calls[key] = await self._prepared(query, values)
        try:
            return await self._sent(call, values, returns)
        except (FeatureNotSupported, InvalidSqlStatementName):
            # A column has another type since, or a pooler gave us somebody else's session.
            self._calls[key] = query
            return await self._sent(query, values, returns)

    def close(self) -> None:
        """Nothing can be asked any more; whatever is under way may still be done."""
        if self._file >= 0:
            self._loop.remove_reader(self._file)
            self._loop.remove_writer(self._file)
            self._file = -1
        self._connection.close()

    async def _prepared(self, query: str, values: Mapping[str, Any]) -> str:
        """What runs it from now on: itself where it cannot be prepared."""
        found = preparation(f"prepared_{len(self._calls)}", query, values)
        if found is None:
            return query
        statement, call = found
        try:
            await self._sent(statement, None, returns=False)
        except Error:
            if self.is_lost:
                raise
            return query
        return call

    async def _sent(self, text: str, values: Mapping[str, Any] | None, returns: bool) -> list[Row]:
        cursor = self._connection.cursor()
        cursor.execute(text, values)
        waiting = self._waiting = self._loop.create_future()
        # What does not fit into the socket at once has to be sent on.
        self._look()
        await waiting
        return cursor.fetchall() if returns else []

    def _look(self) -> None:
        """Something came, or can be sent on."""
        waiting = self._waiting
        try:
            state = self._connection.poll()
        except Error as error:
            self._waiting = None
            if self.is_lost:
                self.close()
            if waiting is None:
                self._lost()
            elif not waiting.done():
                waiting.set_exception(error)
            return
        if (state == POLL_WRITE) != self._is_full:
            self._is_full = not self._is_full
            if self._is_full:
                self._loop.add_writer(self._file, self._look)
            else:
                self._loop.remove_writer(self._file)
        if state == POLL_OK and waiting is not None:
            self._waiting = None
            if not waiting.done():
                waiting.set_result(None)
