"""Filters that members of staff keep under a name, each their own."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.reviews.filters import Filter
from bot.reviews.tables import saved_filter

MOST = 50
NAME_LENGTH = 80


@dataclass(frozen=True)
class Saved:
    """A filter under a name."""

    id: int
    name: str
    filter: Filter


def save_filter(connection: Connection, account_id: int, name: str, wanted: Filter, now: float) -> None:
    """Keep a filter in place of the one of the same name.

    Raises ``ValueError`` for a name that is empty or too long, or for more than ``MOST`` filters.
    """
    if not 1 <= len(name) <= NAME_LENGTH:
        raise ValueError("name")
    here = (saved_filter.c.account_id == account_id) & (saved_filter.c.name == name)
    values = {"query": wanted.query(), "at": now}
    if connection.execute(update(saved_filter).where(here).values(values)).rowcount:
        return
    own = select(func.count()).select_from(saved_filter).where(saved_filter.c.account_id == account_id)
    if connection.execute(own).scalar_one() >= MOST:
        raise ValueError("count")
    connection.execute(insert(saved_filter).values(account_id=account_id, name=name, **values))


def saved_filters(connection: Connection, account_id: int) -> list[Saved]:
    """By name."""
    own = saved_filter.c.account_id == account_id
    query = select(saved_filter).where(own).order_by(saved_filter.c.name)
    return [Saved(row.id, row.name, Filter.of(row.query)) for row in connection.execute(query)]


def drop_filter(connection: Connection, account_id: int, filter_id: int) -> bool:
    """Forget one's own filter; False where there is none."""
    here = (saved_filter.c.account_id == account_id) & (saved_filter.c.id == filter_id)
    return bool(connection.execute(delete(saved_filter).where(here)).rowcount)
