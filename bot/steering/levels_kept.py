"""Levels as they are stated now, read once for each revision of the catalogue: they change with it alone."""

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.pool import Pool

from bot.catalogue.tables_context import catalogue_revision
from bot.steering.levels import Offered, Stated, count_offered, read_stated, stated_on


@dataclass(frozen=True)
class Levels:
    """``stated_on``: the day of the newest statement."""

    stated: tuple[Stated, ...]
    offered: tuple[Offered, ...]
    stated_on: date | None


_kept: WeakKeyDictionary[Pool, tuple[int, Levels]] = WeakKeyDictionary()
"""The last revision of each database this process is connected to."""


def levels_now(connection: Connection) -> Levels:
    """A catalogue that no import has made, which only tests have, is read each time."""
    revision = int(connection.execute(select(func.max(catalogue_revision.c.id))).scalar_one() or 0)
    pool = connection.engine.pool
    known = _kept.get(pool)
    if revision and known is not None and known[0] == revision:
        return known[1]
    read = Levels(tuple(read_stated(connection)), tuple(count_offered(connection)), stated_on(connection))
    _kept[pool] = revision, read
    return read
