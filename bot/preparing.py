"""Statements PostgreSQL reads and plans once a connection, in place of each time they come.

SQLAlchemy's driver sends every statement as a new text; planning is more than half of what short ones cost.
Here a statement that comes again on a connection is kept there by ``PREPARE``. Behind a pooler that needs
sessions (``docs/deploying.md``).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg2 import Error
from psycopg2.errors import FeatureNotSupported, InvalidSqlStatementName
from psycopg2.extensions import TRANSACTION_STATUS_INERROR, connection, cursor

WORTH = 3
"""A statement is prepared when it comes for the third time; many come once."""
_MOST = 200
_NAMED = re.compile(r"%\((\w+)\)s|%%|%")
_PLAIN = re.compile(r"(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b")
# As the values would be read where they stood in the text; those of other kinds bring a type along there.
_TYPES: Mapping[type, str] = {
    bool: "boolean",
    bytes: "bytea",
    float: "numeric",
    str: "unknown",
    type(None): "unknown",
}
_SMALL, _LARGE = 2**31, 2**63
_SAVE, _KEEP = "SAVEPOINT preparing", "RELEASE SAVEPOINT preparing"
_BACK = f"ROLLBACK TO {_SAVE}; {_KEEP}"

Key = tuple[str, tuple[str, ...]]
"""A text and the kinds of its values."""


class PreparingConnection(connection):  # type: ignore[misc]
    """A connection that knows what was prepared on it: by text and kinds of values what to send in its place,
    None where that cannot be.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: dict[Key, int] = {}
        self.calls: dict[Key, str | None] = {}
        self.number = 0

    def is_worth(self, key: Key) -> bool:
        """Whether it came often enough, and there is room for it."""
        if len(self.calls) >= _MOST or self.info.transaction_status == TRANSACTION_STATUS_INERROR:
            return False
        if len(self.seen) >= _MOST:
            self.seen.clear()
        self.seen[key] = self.seen.get(key, 0) + 1
        return self.seen[key] >= WORTH


class PreparingCursor(cursor):  # type: ignore[misc]
    """Sends what was prepared where it can, the statement itself otherwise."""

    connection: PreparingConnection

    def execute(self, query: Any, vars: Any = None) -> None:
        """As the driver has it."""
        call = self._call(query, vars)
        if call is None:
            super().execute(query, vars)
            return
        try:
            super().execute(call, vars)
        except (FeatureNotSupported, InvalidSqlStatementName):
            # A column has another type since, or a pooler gave us somebody else's session.
            self.connection.calls.clear()
            raise

    def _call(self, query: Any, values: Any) -> str | None:
        if not isinstance(query, str) or not isinstance(values, Mapping) or self.name:
            return None
        key, known = key_of(query, values), self.connection
        if key is None:
            return None
        if key in known.calls:
            return known.calls[key]
        if not known.is_worth(key):
            return None
        known.calls[key] = call = self._prepared(query, values)
        return call

    def _prepared(self, query: str, values: Mapping[str, Any]) -> str | None:
        """What runs it from now on."""
        self.connection.number += 1
        found = preparation(f"prepared_{self.connection.number}", query, values)
        if found is None:
            return None
        statement, call = found
        alone = self.connection.autocommit
        if not alone:
            # Sent by itself: where the text cannot be read nothing of what is sent with it is done.
            super().execute(_SAVE)
        try:
            super().execute(statement if alone else f"{statement}; {_KEEP}")
        except Error:
            if self.connection.closed:
                raise
            if not alone:
                super().execute(_BACK)
            return None
        return call


def key_of(query: str, values: Mapping[str, Any]) -> Key | None:
    """What is prepared once: the text with values of these kinds. None where a value is of another kind."""
    types = tuple(map(_type_of, values.values()))
    return None if "" in types else (query, types)


def preparation(name: str, query: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """The statement that prepares it under ``name``, and what runs it from then on; None of one that cannot
    be prepared.
    """
    found = _numbered(query, values)
    if found is None or not _PLAIN.match(query):
        return None
    text, names = found
    types = _listed([_type_of(values[one]) for one in names])
    call = f"EXECUTE {name} {_listed([f'%({one})s' for one in names])}"
    return f"PREPARE {name} {types} AS {text}", call


def _type_of(value: Any) -> str:
    """How PostgreSQL would read it; empty for what it is not to be asked."""
    if type(value) is int:
        return "integer" if -_SMALL <= value < _SMALL else "bigint" if -_LARGE <= value < _LARGE else ""
    return _TYPES.get(type(value), "")


def _numbered(query: str, values: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """The text with $1, $2 … and the names of the values in that order; None of one that cannot be read."""
    names: list[str] = []
    readable = True

    def place(found: re.Match[str]) -> str:
        nonlocal readable
        name = found[1]
        if name is None:
            readable &= found[0] == "%%"
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    text = _NAMED.sub(place, query)
    return (text, names) if readable and values.keys() >= set(names) else None


def _listed(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)})" if parts else ""
