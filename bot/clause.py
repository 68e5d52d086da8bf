"""A statement most messages need as a part of a longer transaction, without what SQLAlchemy does around it
each time: that takes three times as long as sending it and reading what comes back.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine

from bot.rendered import DATABASES, Rendered, compiled_for, render

_Convert = Callable[[Any], Any]
_Make = Callable[[Sequence[Any]], Any]


class Clause:
    """``build``: the statement for a kind of database, with bound parameters for what changes; ``columns``:
    those that an insert fills. It is compiled once for a database. Values and rows are those of SQLAlchemy,
    and so are errors: ``DBAPIError`` and its kinds; ``ValueError`` for other names than those of the
    parameters.
    """

    def __init__(self, build: Callable[[Dialect], ClauseElement], columns: Sequence[str] = ()) -> None:
        self._build, self._columns = build, list(columns) or None
        self._ready = lru_cache(maxsize=DATABASES)(self._prepare)

    def rows(self, connection: Connection, /, **wanted: Any) -> list[Any]:
        """Its rows, with columns by name."""
        ready = self._ready(connection.dialect)
        with _sent(connection, ready, wanted) as cursor:
            return ready.read(cursor)

    def row(self, connection: Connection, /, **wanted: Any) -> Any | None:
        """Its first row, of those that have one at most; None where there is none."""
        found = self.rows(connection, **wanted)
        return found[0] if found else None

    def change(self, connection: Connection, /, **wanted: Any) -> int:
        """How many rows it changed."""
        with _sent(connection, self._ready(connection.dialect), wanted) as cursor:
            return int(cursor.rowcount)

    def number(self, connection: Connection, /, **row: Any) -> int | None:
        """Of an insert that returns the key where the database can: the number of the new row; None where
        nothing was inserted.
        """
        with _sent(connection, self._ready(connection.dialect), row) as cursor:
            if cursor.rowcount != 1:
                return None
            return int(cursor.fetchone()[0] if cursor.description else cursor.lastrowid)

    def _prepare(self, dialect: Dialect) -> "_Ready":
        return _Ready(self._build(dialect), dialect, self._columns)


def clause(statement: ClauseElement, columns: Sequence[str] = ()) -> Clause:
    """One that is the same for all databases."""
    return Clause(lambda _dialect: statement, columns)


class _Ready:
    """A clause for one database."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, columns: Sequence[str] | None) -> None:
        self._dialect, compiled = dialect, compiled_for(statement, dialect, columns)
        outward = {name: _outward(value.type, dialect) for value, name in compiled.bind_names.items()}
        self._outward = {name: convert for name, convert in outward.items() if convert}
        rendered = render(compiled)
        given = self._converted(rendered.given)
        self.rendered = Rendered(rendered.text, rendered.wanted, given, rendered.order)
        self._types = [column.type for column in getattr(statement, "exported_columns", ())]
        self._row: _Make | None = None
        self._inward: list[tuple[int, _Convert]] = []

    def values(self, wanted: Mapping[str, Any]) -> Any:
        """As the driver takes them."""
        return self.rendered.values(self._converted(wanted))

    def read(self, cursor: Any) -> list[Any]:
        """All rows."""
        # Only now the driver tells what it gives by itself.
        make = self._row or self._described(cursor.description)
        if not self._inward:
            return list(map(make, cursor.fetchall()))
        return [make(self._read(row)) for row in cursor.fetchall()]

    def _read(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self._inward:
            values[place] = convert(values[place])
        return values

    def _converted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        converted = dict(values)
        for name, convert in self._outward.items():
            if name in converted:
                converted[name] = convert(converted[name])
        return converted

    def _described(self, description: Sequence[Sequence[Any]]) -> _Make:
        kinds = [kind.dialect_impl(self._dialect) for kind in self._types]
        inward = [
            kind.result_processor(self._dialect, column[1])
            for kind, column in zip(kinds, description, strict=True)
        ]
        self._inward = [(place, convert) for place, convert in enumerate(inward) if convert]
        names = [column[0] for column in description]
        make: _Make = namedtuple("Row", names, rename=True)._make  # type: ignore[attr-defined]
        self._row = make
        return make


def _outward(kind: TypeEngine, dialect: Dialect) -> _Convert | None:
    convert: _Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


@contextmanager
def _sent(connection: Connection, ready: _Ready, wanted: Mapping[str, Any]) -> Iterator[Any]:
    values, dialect = ready.values(wanted), connection.dialect
    pooled = connection.connection
    try:
        cursor = pooled.cursor()
        dialect.do_execute(cursor, ready.rendered.text, values)
        yield cursor
        cursor.close()
    except dialect.dbapi.Error as error:
        lost = dialect.is_disconnect(error, pooled, None)
        if lost:
            # Those that rest in the pool are lost, too.
            connection.invalidate(error)
            connection.engine.dispose()
        # As SQLAlchemy has it, without the values: they are words of citizens.
        raise DBAPIError.instance(
            ready.rendered.text,
            None,
            error,
            dialect.dbapi.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=dialect,
        ) from error
