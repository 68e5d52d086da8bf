"""Ready-made replies: shipped in a file, from then on kept by staff."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.handoffs.filling import variables_in
from bot.handoffs.plain import plain_text
from bot.handoffs.tables import canned_reply

_SHORTCUT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Canned:
    """``shortcut``: what is typed to find it; ``text``: with variables, see ``bot.handoffs.filling``."""

    id: int
    shortcut: str
    title: str
    text: str
    active: bool
    changed_by: int | None
    changed_at: float


def load_canned(connection: Connection, path: Path, now: float) -> int:
    """Take the shipped replies over where there are none yet; how many. Later runs change nothing: what staff
    wrote counts. Raises ``ValueError`` when the file holds a reply that may not be saved.
    """
    if connection.execute(select(canned_reply.c.id).limit(1)).first() is not None:
        return 0
    shipped = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [_values(row["shortcut"], row["title"], row["text"], None, True, now) for row in shipped]
    return sum(insert_once(connection, canned_reply, row) for row in rows)


def replies(connection: Connection, only_active: bool = True) -> list[Canned]:
    """All replies by shortcut; the inactive ones too where wanted."""
    query = select(canned_reply).order_by(canned_reply.c.shortcut)
    if only_active:
        query = query.where(canned_reply.c.active.is_(True))
    return [_canned(row) for row in connection.execute(query)]


def save_canned(
    connection: Connection,
    shortcut: str,
    title: str,
    text: str,
    account_id: int,
    now: float,
    active: bool = True,
) -> None:
    """Add a reply or change the one with that shortcut; none is deleted, it becomes inactive.

    Raises ``ValueError`` for a badly formed shortcut, an empty or too long text, an unknown variable.
    """
    values = _values(shortcut, title, text, account_id, active, now)
    changed = update(canned_reply).where(canned_reply.c.shortcut == shortcut).values(values)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(canned_reply).values(values))


def _values(
    shortcut: str, title: str, text: str, account_id: int | None, active: bool, now: float
) -> Mapping[str, Any]:
    if not _SHORTCUT.fullmatch(shortcut):
        raise ValueError("shortcut")
    name = " ".join(title.split())
    if not 0 < len(name) <= canned_reply.c.title.type.length:
        raise ValueError("title")
    plain = plain_text(text)
    variables_in(plain)
    return {
        "shortcut": shortcut,
        "title": name,
        "text": plain,
        "active": active,
        "changed_by": account_id,
        "changed_at": now,
    }


def _canned(row: Any) -> Canned:
    return Canned(row.id, row.shortcut, row.title, row.text, row.active, row.changed_by, row.changed_at)
