"""What a figure is, and how it is made safe to show. Pure."""

from dataclasses import dataclass, replace
from enum import Enum

FEWEST = 5
"""Smaller counts of people are hidden: who knows a few facts could tell who they are."""


class Kind(str, Enum):
    """What ``Row.value`` is."""

    COUNT = "count"
    """Nothing: the count speaks."""
    SHARE = "share"
    """``count`` of ``of``, 0–1."""
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    POINTS = "points"
    """A difference of two shares in percentage points."""


@dataclass(frozen=True)
class Row:
    """One line of a figure. ``keys``: where it stands in each dimension; ``count``: None where it cannot be
    measured; ``of``: the denominator; ``value``: None of nothing; ``low`` and ``high``: 95 % interval.
    """

    keys: tuple[str, ...]
    count: int | None
    of: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Figure:
    """``key``: of its name and definition; ``dimensions``: what each key of a row means; ``n``: how many
    cases it rests on. ``parts``: the rows add up to ``n``. ``people``: each case is of somebody.
    """

    key: str
    kind: Kind
    dimensions: tuple[str, ...]
    n: int
    rows: tuple[Row, ...]
    parts: bool = False
    people: bool = True


def share(keys: tuple[str, ...], count: int, of: int) -> Row:
    """A row of a share; of nothing it has no value."""
    return Row(keys, count, of, count / of if of else None)


def concealed(figure: Figure) -> Figure:
    """The figure without cells of fewer than ``FEWEST`` people. Where one part alone is hidden the next
    larger one is too: the total would give it away.
    """
    if not figure.people:
        return figure
    hidden = {index for index, row in enumerate(figure.rows) if _few(row.count) or _few(row.of)}
    rest = [(row.count, index) for index, row in enumerate(figure.rows) if index not in hidden and row.count]
    if figure.parts and len(hidden) == 1 and rest:
        hidden.add(min(rest)[1])
    return replace(
        figure, rows=tuple(_hide(row) if i in hidden else row for i, row in enumerate(figure.rows))
    )


def _few(count: int | None) -> bool:
    return count is not None and 0 < count < FEWEST


def _hide(row: Row) -> Row:
    return Row(row.keys, None, None if _few(row.of) else row.of, hidden=True)
