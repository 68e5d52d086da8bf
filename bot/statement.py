"""A statement most messages need, without what SQLAlchemy does around it each time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.sql import ClauseElement

from bot.aside import can_wait, waited
from bot.rendered import DATABASES, Rendered, compiled_for, render
from bot.wires import wires_of

Row = tuple[Any, ...]


class Statement:
    """``build``: the statement for a kind of database, with bound parameters for what changes; ``columns``:
    those that an insert fills. It is compiled once for a database and run by the driver on a connection of
    the pool, as a transaction of its own: on PostgreSQL one round trip in the place of three. A turn
    (``bot.aside.working``) asks PostgreSQL by ``bot.wires``: others go on while it waits, so that it may hold
    no transaction and no lock.

    It may be run twice where the connection was lost, so running it twice must do no harm.
    """

    def __init__(self, build: Callable[[Dialect], ClauseElement], columns: Sequence[str] = ()) -> None:
        self._build, self._columns = build, list(columns) or None
        self._compiled = lru_cache(maxsize=DATABASES)(self._compile)

    def run(self, engine: Engine, wanted: Mapping[str, Any], returns: bool) -> list[Row]:
        """Its rows where it ``returns`` any. Raises errors of the driver, and ``ValueError`` for other names
        than those of the parameters.
        """
        compiled = self._compiled(engine.dialect)
        values: Any = compiled.values(wanted)
        if can_wait() and (wires := wires_of(engine)):
            return waited(wires.run(compiled.text, values, returns))
        try:
            return _run(engine, compiled.text, values, returns)
        except engine.dialect.dbapi.Error as error:
            if not engine.dialect.is_disconnect(error, None, None):
                raise
            # Those that rest in the pool are lost, too.
            engine.dispose()
            return _run(engine, compiled.text, values, returns)

    def _compile(self, dialect: Dialect) -> Rendered:
        return render(compiled_for(self._build(dialect), dialect, self._columns))


def _run(engine: Engine, text: str, values: Any, returns: bool) -> list[Row]:
    pooled = engine.raw_connection()
    try:
        if engine.dialect.name == "postgresql":
            with _alone(pooled.dbapi_connection):
                return _rows(pooled.cursor(), text, values, returns)
        found = _rows(pooled.cursor(), text, values, returns)
        # Also where rows come back: a write may return some.
        pooled.commit()
        return found
    finally:
        pooled.close()


def _rows(cursor: Any, text: str, values: Any, returns: bool) -> list[Row]:
    cursor.execute(text, values)
    found: list[Row] = cursor.fetchall() if returns else []
    return found


@contextmanager
def _alone(connection: Any) -> Iterator[None]:
    """Until the end of the block a statement is its own transaction."""
    connection.autocommit = True
    try:
        yield
    finally:
        if not connection.closed:
            connection.autocommit = False
