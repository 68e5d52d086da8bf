"""Which rows of which tables belong to conversations, for all tables there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, inspect, or_, select
from sqlalchemy.engine import Connection

from bot.database import metadata

_COLUMN = "conversation_id"


def count_rows(connection: Connection, conversations: Any) -> dict[str, int]:
    """Rows by table, tables without any left out. ``conversations``: ids, or a query of ids."""
    found = {}
    for table, belongs in _belonging(connection, conversations).items():
        query = select(func.count()).select_from(table).where(belongs)
        count: int = connection.execute(query).scalar_one()
        if count:
            found[table.name] = count
    return found


def _belonging(connection: Connection, conversations: Any) -> Mapping[Table, Any]:
    """Each table with the condition that a row belongs to one of the conversations: it names one itself, or
    a row of another table that does.
    """
    there = set(inspect(connection).get_table_names())
    tables = [table for table in metadata.sorted_tables if table.name in there]
    ids = list(conversations) if isinstance(conversations, (Sequence, set, frozenset)) else conversations
    direct = {table: table.c[_COLUMN].in_(ids) for table in tables if _COLUMN in table.c}
    found = dict(direct)
    for table in tables:
        if table.name == "conversation":
            found[table] = table.c.id.in_(ids)
        elif table not in direct:
            owners = [
                column.in_(select(key.column).where(direct[key.column.table]))
                for column in table.c
                for key in column.foreign_keys
                if key.column.table in direct
            ]
            if owners:
                found[table] = or_(*owners)
    return found
