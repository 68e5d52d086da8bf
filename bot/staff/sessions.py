"""Sessions of staff in a browser: a random token there, its hash here."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.staff.tables import staff_account, staff_session

IDLE_SECONDS = 30 * 60.0
LONGEST_SECONDS = 12 * 3600.0
HALF_WAY_SECONDS = 10 * 60.0
"""How long somebody may take for the second factor."""
_TOUCH_SECONDS = 60.0


@dataclass(frozen=True)
class Session:
    """``complete``: the second factor was given; until then it is good for giving or setting it up only.
    ``csrf``: what every form must send back.
    """

    account_id: int
    complete: bool
    csrf: str
    created_at: float


def open_session(connection: Connection, account_id: int, ip: str, now: float) -> str:
    """The token of a new session that waits for the second factor, 10 minutes at most."""
    token = secrets.token_urlsafe(32)
    values = {
        "token_hash": _hash(token),
        "account_id": account_id,
        "complete": False,
        "csrf": secrets.token_urlsafe(32),
        "ip": ip[: staff_session.c.ip.type.length],
        "created_at": now,
        "seen_at": now,
        "expires_at": now + HALF_WAY_SECONDS,
    }
    connection.execute(insert(staff_session).values(values))
    return token


def find(connection: Connection, token: str, now: float) -> Session | None:
    """The session, while it lasts and its account is in use; looking for it keeps it from idling."""
    row = _lasting(connection, token, now)
    if row is None:
        return None
    # A write for each request would be too many; half an hour needs no seconds.
    if row.seen_at <= now - _TOUCH_SECONDS:
        here = staff_session.c.token_hash == row.token_hash
        connection.execute(update(staff_session).where(here).values(seen_at=now))
    return _session(row)


def peek(connection: Connection, token: str, now: float) -> Session | None:
    """The same without keeping it from idling: what pages do by themselves is no sign of a person."""
    row = _lasting(connection, token, now)
    return _session(row) if row else None


def complete(connection: Connection, token: str, now: float) -> str:
    """The second factor was given: a new token and csrf for the session, at most 12 hours from its beginning.

    Raises ``ValueError`` when the session ended meanwhile or was complete.
    """
    session = staff_session.c
    fresh = secrets.token_urlsafe(32)
    waiting = (session.token_hash == _hash(token)) & ~session.complete & (session.expires_at > now)
    values = {
        "token_hash": _hash(fresh),
        "complete": True,
        "csrf": secrets.token_urlsafe(32),
        "seen_at": now,
        "expires_at": session.created_at + LONGEST_SECONDS,
    }
    if not connection.execute(update(staff_session).where(waiting).values(values)).rowcount:
        raise ValueError("session: ended or complete")
    return fresh


def end(connection: Connection, token: str) -> None:
    """Somebody leaves."""
    connection.execute(delete(staff_session).where(staff_session.c.token_hash == _hash(token)))


def end_all(connection: Connection, account_id: int) -> int:
    """End every session of an account: its password, roles or factor changed. How many there were."""
    ended: int = connection.execute(
        delete(staff_session).where(staff_session.c.account_id == account_id)
    ).rowcount
    return ended


def drop_expired(connection: Connection, now: float) -> int:
    """Delete what nobody can use any more; how many."""
    over = or_(staff_session.c.expires_at <= now, staff_session.c.seen_at <= now - IDLE_SECONDS)
    dropped: int = connection.execute(delete(staff_session).where(over)).rowcount
    return dropped


def _lasting(connection: Connection, token: str, now: float) -> Any:
    session = staff_session.c
    query = (
        select(staff_session)
        .join(staff_account, staff_account.c.id == session.account_id)
        .where(
            session.token_hash == _hash(token),
            session.expires_at > now,
            session.seen_at > now - IDLE_SECONDS,
            staff_account.c.active,
        )
    )
    return connection.execute(query).one_or_none()


def _session(row: Any) -> Session:
    return Session(row.account_id, row.complete, row.csrf, row.created_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
