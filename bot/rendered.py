"""A statement as the driver takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Compiled, Dialect
from sqlalchemy.sql import ClauseElement

DATABASES = 4
"""For so many a statement is kept at once."""


@dataclass(frozen=True)
class Rendered:
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


def compiled_for(statement: ClauseElement, dialect: Dialect, columns: Sequence[str] | None) -> Compiled:
    """The statement for one kind of database; ``columns``: those that an insert fills."""
    return statement.compile(dialect=dialect, column_keys=columns)


def render(compiled: Compiled) -> Rendered:
    """What there is to send. Raises ``ValueError`` where a column is filled by a function of ours, and for a
    list of values: its text depends on how many there are.
    """
    if compiled.post_compile_params:
        raise ValueError("a list is as long as its values")
    names = compiled.bind_names
    given = {name: value.effective_value for value, name in names.items() if not value.required}
    return Rendered(
        text=compiled.string,
        wanted=frozenset(name for value, name in names.items() if value.required),
        given=given | _defaults(compiled),
        order=tuple(compiled.positiontup) if compiled.positional else None,
    )


def _defaults(compiled: Compiled) -> dict[str, Any]:
    """What SQLAlchemy fills in by itself."""
    filled = {}
    for column in compiled.prefetch:
        if not column.default.is_scalar:
            raise ValueError(f"{column} is made anew for each row")
        filled[column.key] = column.default.arg
    return filled
