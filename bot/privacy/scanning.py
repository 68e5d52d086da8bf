"""Looks through every text of a database for identifiers that should have been masked."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, MetaData, String, Table, select
from sqlalchemy.engine import Connection

from bot.privacy.exempt import KEYS, is_exempt
from bot.privacy.own_numbers import OwnNumbers
from bot.text.identifiers import Identifier, Kind, find_identifiers
from bot.text.masking import KEPT

_ROWS = 500
_SHORTEST = 4
"""Digits of the shortest identifier that is looked for."""

Public = Callable[[], Collection[str]]
"""Gives the numbers and addresses everybody may know: of offices and hotlines."""


@dataclass(frozen=True)
class Hits:
    """How many identifiers of a kind stand unmasked in a column; never which."""

    table: str
    column: str
    kind: Kind
    count: int


@dataclass(frozen=True)
class Scan:
    """``cells``: texts looked at; ``partly``: only the newest rows of a long table."""

    tables: int
    cells: int
    hits: tuple[Hits, ...]
    partly: bool = False

    @property
    def count(self) -> int:
        return sum(hit.count for hit in self.hits)


def scan(connection: Connection, public: Public = frozenset, newest: int | None = None) -> Scan:
    """All tables there are, also those this program does not know. ``newest``: rows a table at most.

    ``public`` is asked only when something was found.
    """
    found: Counter[tuple[str, str, Kind, str]] = Counter()
    tables = cells = 0
    partly, own = False, OwnNumbers(connection)
    for table in _tables(connection):
        columns = [
            column for column in table.c if _is_text(column) and not is_exempt(table.name, column.name)
        ]
        if not columns:
            continue
        tables += 1
        rows = 0
        for row in _rows(connection, table, columns, newest):
            rows += 1
            for column, value in zip(columns, row, strict=True):
                for text in _texts(value):
                    cells += 1
                    for identifier in unmasked(text) and unmasked(own.taken_out(text)):
                        found[table.name, column.name, identifier.kind, identifier.value] += 1
        partly |= newest is not None and rows >= newest
    known = public() if found else ()
    counted: Counter[tuple[str, str, Kind]] = Counter()
    for (name, column, kind, value), count in found.items():
        if value not in known:
            counted[name, column, kind] += count
    hits = tuple(Hits(*where, count) for where, count in sorted(counted.items()))
    return Scan(tables, cells, hits, partly)


def unmasked(text: str) -> list[Identifier]:
    """The identifiers in a text that ``bot.text.mask`` would take out."""
    if "@" not in text and sum(letter.isdigit() for letter in text) < _SHORTEST:
        return []
    return [found for found in find_identifiers(text) if found.kind not in KEPT]


def _tables(connection: Connection) -> list[Table]:
    reflected = MetaData()
    reflected.reflect(connection)
    return sorted(reflected.tables.values(), key=lambda table: table.name)


def _is_text(column: Column) -> bool:
    return isinstance(column.type, (String, JSON)) and not isinstance(column.type, LargeBinary)


def _rows(connection: Connection, table: Table, columns: list[Column], newest: int | None) -> Iterator[Any]:
    keys = list(table.primary_key)
    query = select(*columns)
    if newest is not None:
        query = query.order_by(*(key.desc() for key in keys)).limit(newest)
    # Streamed: a table of turns does not fit into memory.
    yield from connection.execute(query.execution_options(stream_results=True, yield_per=_ROWS))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a cell; JSON also where it is kept as plain text."""
    if isinstance(value, str):
        if value[:1] in ("{", "["):
            try:
                yield from _inside(json.loads(value))
                return
            except ValueError:
                pass
        yield value
    elif value is not None:
        yield from _inside(value)


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in KEYS:
                yield from _inside(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _inside(inner)
