"""The open sessions of one account, and ending them."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.staff.sessions import IDLE_SECONDS
from bot.staff.tables import staff_session

_MARK_LENGTH = 16


@dataclass(frozen=True)
class OpenSession:
    """``mark``: names it in a form without being of use to anybody else. ``own``: the one that asks."""

    mark: str
    ip: str
    created_at: float
    seen_at: float
    own: bool


def of_account(connection: Connection, account_id: int, token: str, now: float) -> list[OpenSession]:
    """Those that still work, the one with ``token`` first, then the ones seen last."""
    session = staff_session.c
    query = select(staff_session).where(
        session.account_id == account_id,
        session.expires_at > now,
        session.seen_at > now - IDLE_SECONDS,
    )
    own = _hash(token)
    rows = connection.execute(query.order_by(session.seen_at.desc())).all()
    found = [
        OpenSession(row.token_hash[:_MARK_LENGTH], row.ip, row.created_at, row.seen_at, row.token_hash == own)
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.own)


def end_marked(connection: Connection, account_id: int, mark: str) -> int:
    """End one session of the account; how many there were."""
    session = staff_session.c
    if len(mark) != _MARK_LENGTH or not mark.isalnum():
        return 0
    marked = (session.account_id == account_id) & session.token_hash.startswith(mark)
    ended: int = connection.execute(delete(staff_session).where(marked)).rowcount
    return ended


def end_others(connection: Connection, account_id: int, token: str) -> int:
    """End all but the one with ``token``; how many there were."""
    session = staff_session.c
    others = (session.account_id == account_id) & (session.token_hash != _hash(token))
    ended: int = connection.execute(delete(staff_session).where(others)).rowcount
    return ended


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
