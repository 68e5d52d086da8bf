"""A statement most messages need, without what SQLAlchemy does around it each time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.sql import ClauseElement

DATABASES = 4
Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Text:
    """``wanted``: names of values to be given; ``given``: what the statement itself brings along. ``order``:
    names in the order of their marks; None where the marks are names.
    """

    text: str
    wanted: frozenset[str]
    given: Mapping[str, Any]
    order: tuple[str, ...] | None

    def values(self, wanted: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        """What goes to the database beside the text; raises ``ValueError`` for other names than wanted."""
        if wanted.keys() != self.wanted:
            raise ValueError(f"given are {sorted(wanted)} instead of {sorted(self.wanted)}")
        values = {**self.given, **wanted}
        return values if self.order is None else tuple(values[name] for name in self.order)


class Statement:
    """``build``: the statement for a kind of database, with bound parameters for what changes; ``columns``:
    those that an insert fills. It is compiled once for a database and run by the driver on a connection of
    the pool, as a transaction of its own: on PostgreSQL one round trip in the place of three.

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
        values = compiled.values(wanted)
        try:
            return _run(engine, compiled.text, values, returns)
        except engine.dialect.dbapi.Error as error:
            if not engine.dialect.is_disconnect(error, None, None):
                raise
            # Those that rest in the pool are lost, too.
            engine.dispose()
            return _run(engine, compiled.text, values, returns)

    def _compile(self, dialect: Dialect) -> _Text:
        compiled = self._build(dialect).compile(dialect=dialect, column_keys=self._columns)
        names = compiled.bind_names
        return _Text(
            text=compiled.string,
            wanted=frozenset(name for value, name in names.items() if value.required),
            given={name: value.effective_value for value, name in names.items() if not value.required},
            order=tuple(compiled.positiontup) if compiled.positional else None,
        )


def _run(engine: Engine, text: str, values: Any, returns: bool) -> list[Row]:
    pooled = engine.raw_connection()
    try:
        with _alone(pooled.dbapi_connection, engine.dialect):
            cursor = pooled.cursor()
            cursor.execute(text, values)
            found: list[Row] = cursor.fetchall() if returns else []
            return found
    finally:
        pooled.close()


@contextmanager
def _alone(connection: Any, dialect: Dialect) -> Iterator[None]:
    """Until the end of the block a statement is its own transaction."""
    if dialect.name != "postgresql":
        yield
        connection.commit()
        return
    connection.autocommit = True
    try:
        yield
    finally:
        if not connection.closed:
            connection.autocommit = False
