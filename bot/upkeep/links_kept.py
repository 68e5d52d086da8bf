"""What is known about addresses of records: kept, listed, and which ones to ask next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.upkeep.links import Found
from bot.upkeep.states import LinkState
from bot.upkeep.tables import link_check

BROKEN = (LinkState.GONE, LinkState.FAILING, LinkState.FORBIDDEN)
TO_FIX = (*BROKEN, LinkState.MOVED)
"""Addresses an editor has something to do about."""
_BATCH = 500


@dataclass(frozen=True)
class Link:
    """``failures``: checks in a row that failed, since ``failing_since``."""

    url: str
    state: LinkState
    status: int | None
    target: str | None
    failures: int
    failing_since: float | None
    checked_at: float


def record(connection: Connection, url: str, found: Found, now: float) -> Link:
    """Keep what came of asking, and since when it fails without a break."""
    before = find(connection, url)
    failed = found.state in BROKEN
    link = Link(
        url=url,
        state=found.state,
        status=found.status,
        target=found.target,
        failures=(before.failures if before else 0) + 1 if failed else 0,
        failing_since=(before.failing_since if before and before.failing_since else now) if failed else None,
        checked_at=now,
    )
    values = {**vars(link), "state": found.state.value}
    if not insert_once(connection, link_check, values):
        connection.execute(update(link_check).where(link_check.c.url == url).values(values))
    return link


def find(connection: Connection, url: str) -> Link | None:
    """What is known about an address; None when it was never asked for."""
    row = connection.execute(select(link_check).where(link_check.c.url == url)).one_or_none()
    return _link(row) if row else None


def due(connection: Connection, addresses: Collection[str], older_than: float, limit: int) -> list[str]:
    """The addresses to ask next: never asked ones first, then the oldest asked before ``older_than``."""
    query = select(link_check.c.url, link_check.c.checked_at)
    known = {row.url: row.checked_at for row in connection.execute(query)}
    waiting = [(known.get(one, 0.0), one) for one in addresses if known.get(one, 0.0) < older_than]
    return [address for _, address in sorted(waiting)[:limit]]


def forget(connection: Connection, addresses: Collection[str]) -> int:
    """Drop what is known about addresses that no record has any more; how many."""
    known = connection.execute(select(link_check.c.url)).scalars().all()
    gone = sorted(set(known) - set(addresses))
    for start in range(0, len(gone), _BATCH):
        connection.execute(delete(link_check).where(link_check.c.url.in_(gone[start : start + _BATCH])))
    return len(gone)


def listed(
    connection: Connection, states: Collection[LinkState] = TO_FIX, limit: int = 50, offset: int = 0
) -> list[Link]:
    """Addresses in these states: those that fail longest first, then those that moved."""
    long = func.coalesce(link_check.c.failing_since, link_check.c.checked_at + 1e12)
    query = (
        select(link_check)
        .where(link_check.c.state.in_([state.value for state in states]))
        .order_by(long, link_check.c.url)
        .limit(limit)
        .offset(offset)
    )
    return [_link(row) for row in connection.execute(query)]


def counts(connection: Connection) -> Mapping[LinkState, int]:
    """How many addresses are in each state; their sum is how many were asked for at all."""
    query = select(link_check.c.state, func.count()).group_by(link_check.c.state)
    found = {LinkState(state): int(count) for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in LinkState}


def _link(row: Any) -> Link:
    return Link(
        url=row.url,
        state=LinkState(row.state),
        status=row.status,
        target=row.target,
        failures=row.failures,
        failing_since=row.failing_since,
        checked_at=row.checked_at,
    )
