"""The audit log: append-only, each entry chained to the one before and sealed with a key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, insert, select
from sqlalchemy.engine import Connection

from bot.staff import chain, sealing
from bot.staff.actions import Action
from bot.staff.chain import GENESIS, Detail, Entry, Fault, Head, first_fault, hash_of
from bot.staff.serial import Turnstile, take_turn
from bot.staff.tables import staff_audit
from bot.text import mask

_PAGE = 1000
_COLUMNS = [
    cast(column, Text).label("detail") if column.name == "detail" else column for column in staff_audit.c
]
_REASON_LENGTH = 1000


@dataclass(frozen=True)
class Actor:
    """Who did it. ``account_id``: None when it was no account. ``ip``: of the client, empty when local."""

    account_id: int | None
    login: str
    ip: str = ""


SYSTEM = Actor(None, "system")
OPERATOR = Actor(None, "operator")
"""Whoever runs commands on the machine itself."""
CITIZEN = Actor(None, chain.CITIZEN)
"""Who writes to the assistant: it records without the key."""


def record(
    connection: Connection,
    actor: Actor,
    action: Action,
    object: str,
    now: float,
    reason: str = "",
    detail: Detail | None = None,
) -> None:
    """Add an entry, in the transaction of the deed itself: neither exists without the other.

    Call it as late in the transaction as possible: nobody else records until it ends. ``object``: what it was
    done to, as ``<kind>:<id>``. Texts are cut to what fits, identifiers in the reason are masked; never pass
    words of citizens. Raises ``ValueError`` for numbers in ``detail`` that are none.
    """
    take_turn(connection, Turnstile.AUDIT)
    last = head(connection)
    seal = sealing.seal_of(connection, last)
    entry = Entry(
        id=last.id + 1,
        at=float(now),
        account_id=actor.account_id,
        login=_plain(actor.login, staff_audit.c.login.type.length),
        ip=_plain(actor.ip, staff_audit.c.ip.type.length),
        action=action.value,
        object=_plain(object, staff_audit.c.object.type.length),
        reason=_plain(mask(reason), _REASON_LENGTH),
        detail=dict(detail or {}),
        previous=last.hash,
    )
    key = seal.key_of(entry.id) if seal else None
    connection.execute(insert(staff_audit).values({**vars(entry), "hash": hash_of(entry, key)}))


def head(connection: Connection) -> Head:
    """The newest entry; id 0 while the log is empty. Noted elsewhere, it lets ``verify`` find a cut end."""
    query = select(staff_audit.c.id, staff_audit.c.hash).order_by(staff_audit.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Head(row.id, row.hash) if row else Head(0, GENESIS)


def verify(connection: Connection, noted: Head | None = None) -> Fault | None:
    """The first entry at which the log is not what was recorded; None when it is whole.

    Found are: any changed column of any row, a row taken out of the middle, moved or put in, and whatever
    somebody made who may write to the table and has not the key. Neither tells that the newest rows were
    deleted: ``noted`` does, a ``head`` kept where they cannot write. Without the key of
    ``bot.staff.sealing`` an entry that was sealed counts as altered.
    """
    return first_fault(_all(connection), noted, sealing.seal_of(connection, head(connection)))


def entries(
    connection: Connection,
    before_id: int | None = None,
    limit: int = 100,
    account_id: int | None = None,
    action: Action | None = None,
    object: str = "",
) -> list[Entry]:
    """The newest first, those older than ``before_id`` for the next page. ``object``: how it begins."""
    query = select(*_COLUMNS).order_by(staff_audit.c.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(staff_audit.c.id < before_id)
    if account_id is not None:
        query = query.where(staff_audit.c.account_id == account_id)
    if action is not None:
        query = query.where(staff_audit.c.action == action.value)
    if object:
        query = query.where(staff_audit.c.object.startswith(object, autoescape=True))
    return [_entry(row) for row in connection.execute(query)]


def _all(connection: Connection) -> Iterator[Entry]:
    """Page by page: the log outgrows memory."""
    after: int | None = None
    while True:
        query = select(*_COLUMNS).order_by(staff_audit.c.id).limit(_PAGE)
        page = connection.execute(query if after is None else query.where(staff_audit.c.id > after)).all()
        if not page:
            return
        yield from (_entry(row) for row in page)
        after = page[-1].id


def _entry(row: Any) -> Entry:
    return Entry(**{**row._mapping, "detail": _detail(row.detail)})


def _detail(stored: str) -> Detail:
    """Somebody may have made it unreadable; that must be found, not stop the finding."""
    try:
        read = json.loads(stored)
    except ValueError:
        read = None
    return read if isinstance(read, dict) else {"unreadable": stored}


def _plain(text: str, length: int) -> str:
    """One line that fits: what is typed at a log-in page is recorded too."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:length]
