"""Connections by which turns ask PostgreSQL, so that the next turn goes on while the server works."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from sqlalchemy.engine import Engine

if TYPE_CHECKING:
    from bot.wire import Row, Wire

AT_ONCE = 4
"""Connections of a process to a database: a statement of a turn takes a tenth of a millisecond."""


class Wires:
    """To the database of ``engine``, in one event loop. ``first``: what each connection begins with, empty
    for nothing. They are opened when they are needed, and stay.
    """

    def __init__(self, engine: Engine, first: str) -> None:
        self._engine, self._dialect, self._first = ref(engine), engine.dialect, first
        self._arguments = engine.dialect.create_connect_args(engine.url)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._resting: list[Wire] = []

    async def run(self, query: str, values: Mapping[str, Any], returns: bool) -> list["Row"]:
        """Rows of a statement that is its own transaction, where it ``returns`` any. It runs a second time
        where the connection was lost. Raises errors of the driver.
        """
        async with self._places:
            try:
                return await self._run(query, values, returns)
            except self._dialect.dbapi.Error as error:
                if not self._dialect.is_disconnect(error, None, None):
                    raise
                self._lost()
                return await self._run(query, values, returns)

    async def _run(self, query: str, values: Mapping[str, Any], returns: bool) -> list["Row"]:
        wire = self._taken() or await self._opened()
        try:
            return await wire.run(query, values, returns)
        finally:
            if wire.is_free:
                self._resting.append(wire)
            else:
                wire.close()

    def _taken(self) -> "Wire | None":
        """The last used first: the others are there for busier times."""
        while self._resting:
            wire = self._resting.pop()
            if wire.is_free:
                return wire
        return None

    async def _opened(self) -> "Wire":
        # Imported here: whoever works with a file does not need the driver.
        from bot.wire import Wire

        return Wire(await asyncio.get_running_loop().run_in_executor(None, self._connected), self._lost)

    def _lost(self) -> None:
        """Where one is lost, those that rest are lost, too, and so are those of transactions."""
        while self._resting:
            self._resting.pop().close()
        if engine := self._engine():
            engine.dispose()

    def _connected(self) -> Any:
        """A connection of psycopg2, ready; it may take as long as a server that is away."""
        from psycopg2.extras import wait_select

        arguments, named = self._arguments
        connection = self._dialect.connect(*arguments, **named, async_=1)
        wait_select(connection)
        if self._first:
            cursor = connection.cursor()
            cursor.execute(self._first)
            wait_select(connection)
        return connection


_ByLoop = WeakKeyDictionary[asyncio.AbstractEventLoop, Wires]
_LAID: WeakKeyDictionary[Engine, tuple[str, _ByLoop]] = WeakKeyDictionary()


def lay(engine: Engine, first: str = "") -> None:
    """Have statements of turns to this PostgreSQL database sent by ``Wires``."""
    _LAID[engine] = first, WeakKeyDictionary()


def wires_of(engine: Engine) -> Wires | None:
    """Those of the running event loop; None for a database without."""
    laid = _LAID.get(engine)
    if laid is None:
        return None
    (first, found), loop = laid, asyncio.get_running_loop()
    wires = found.get(loop)
    if wires is None:
        wires = found[loop] = Wires(engine, first)
    return wires
