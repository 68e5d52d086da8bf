"""The row of Zalo's tokens. All functions run inside the caller's transaction."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.channels.tables import credential
from bot.channels.zalo.oauth import Pair
from bot.conversations.channel import Channel

LOCK_SECONDS = 30.0
"""Longer than a refresh call may take, so that a lock ends only when its holder is gone."""

_ROW = credential.c.channel == Channel.ZALO.value


@dataclass(frozen=True)
class Credential:
    """A pair and its number; ``repr`` shows no token."""

    access: str
    refresh: str
    expires_at: float
    version: int

    def __repr__(self) -> str:
        return f"Credential(version={self.version})"


def load(connection: Connection) -> Credential | None:
    """The current pair; None before the first authorisation."""
    row = connection.execute(select(credential).where(_ROW)).one_or_none()
    return Credential(row.access_token, row.refresh_token, row.expires_at, row.version) if row else None


def store(connection: Connection, access: str, refresh: str, expires_in: float, now: float) -> None:
    """Replace the pair by one an administrator got from Zalo; ends a lock and the state of need."""
    values = {**_values(Pair(access, refresh, expires_in), now), "version": credential.c.version + 1}
    if connection.execute(update(credential).where(_ROW).values(values)).rowcount == 0:
        connection.execute(insert(credential).values({**values, "channel": Channel.ZALO.value, "version": 1}))


def lock(connection: Connection, owner: str, version: int, now: float) -> Credential | None:
    """Become the one who refreshes pair ``version``; the pair, or None when it is locked or replaced.
    Taking one's own lock again is allowed: a crashed process of the same name held it.
    """
    free = (credential.c.lock_until < now) | (credential.c.lock_owner == owner)
    values = {"lock_owner": owner, "lock_until": now + LOCK_SECONDS}
    here = _ROW & (credential.c.version == version) & free
    taken = connection.execute(update(credential).where(here).values(values)).rowcount
    return load(connection) if taken else None


def unlock(connection: Connection, owner: str, version: int) -> None:
    """Let others try."""
    mine = _ROW & (credential.c.version == version) & (credential.c.lock_owner == owner)
    connection.execute(update(credential).where(mine).values(lock_owner=None, lock_until=0.0))


def succeed(connection: Connection, pair: Pair, version: int, now: float) -> Credential | None:
    """Keep the successor of pair ``version`` and end the lock; what is current then.

    The lock may have run out meanwhile: as long as nobody stored a later pair, this one is the successor.
    """
    values = {**_values(pair, now), "version": version + 1}
    connection.execute(update(credential).where(_ROW & (credential.c.version == version)).values(values))
    return load(connection)


def _values(pair: Pair, now: float) -> dict[str, object]:
    return {
        "access_token": pair.access,
        "refresh_token": pair.refresh,
        "expires_at": now + pair.expires_in,
        "refreshed_at": now,
        "lock_owner": None,
        "lock_until": 0.0,
    }
