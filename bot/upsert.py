"""A row that most messages write."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.sql import Insert

from bot.statement import Statement

Value = str | bytes | int | float
_INSERTS: Mapping[str, Callable[[Table], Any]] = {
    "sqlite": sqlite_insert,
    "postgresql": postgresql_insert,
}


class Upsert:
    """Writes a row of ``table``, in the place of the one with the same primary key; all columns are given, as
    the driver takes them. See ``Statement``.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._statement = Statement(self._build, [column.name for column in table.columns])

    def write(self, engine: Engine, **row: Value) -> None:
        """One row, kept when this returns. Raises errors of the driver."""
        self._statement.run(engine, row, returns=False)

    def _build(self, dialect: Dialect) -> Insert:
        columns, inserted = self._table.columns, _INSERTS[dialect.name](self._table)
        rest = {column.name: inserted.excluded[column.name] for column in columns if not column.primary_key}
        key = [column.name for column in self._table.primary_key]
        return inserted.on_conflict_do_update(index_elements=key, set_=rest)
