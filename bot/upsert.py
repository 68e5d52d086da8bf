"""A row that most messages write, without what SQLAlchemy does around every statement."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.sql.compiler import SQLCompiler

from bot.lookup import DATABASES

Value = str | bytes | int | float
_INSERTS = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


class Upsert:
    """Writes a row of ``table``, in the place of the one with the same primary key; all columns are given, as
    the driver takes them. See ``bot.lookup.Lookup``. Raises errors of the driver.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._compiled = lru_cache(maxsize=DATABASES)(self._compile)

    def write(self, engine: Engine, **row: Value) -> None:
        """One row, in a transaction of its own."""
        compiled = self._compiled(engine.dialect)
        values: Mapping[str, Value] = compiled.construct_params(row)
        connection = engine.raw_connection()
        try:
            connection.cursor().execute(
                compiled.string,
                tuple(values[name] for name in compiled.positiontup) if compiled.positional else values,
            )
            connection.commit()
        finally:
            connection.close()

    def _compile(self, dialect: Dialect) -> SQLCompiler:
        inserted = _INSERTS[dialect.name](self._table).values(
            {column.name: column.name for column in self._table.columns}
        )
        key = [column.name for column in self._table.primary_key]
        rest = {
            column.name: inserted.excluded[column.name]
            for column in self._table.columns
            if not column.primary_key
        }
        return inserted.on_conflict_do_update(index_elements=key, set_=rest).compile(dialect=dialect)
