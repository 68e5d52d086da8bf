"""Erases all of a person's conversation, and reports table by table what went, what stays and why."""

from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.channels.erasing import ErasureReport, erase
from bot.channels.tables import inbox
from bot.conversations.channel import Channel
from bot.conversations.erasing import Scope, is_shell
from bot.conversations.tables import conversation, identity
from bot.privacy.holdings import count_rows
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.tables import staff_audit


class Manual(str, Enum):
    """What no program of ours can remove."""

    BACKUPS = "backups"
    TRAINING = "training"
    """Examples made of the conversation, which no longer lead to it."""
    EXPORTS = "exports"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    AUTHORITIES = "authorities"
    """Dossiers handed in and payments made are with other systems."""


_WITH_AUTHORITIES = frozenset({"submission", "registration", "payment", "followed"})
_PLATFORMS = {Channel.ZALO.value: Manual.ZALO, Channel.TELEGRAM.value: Manual.TELEGRAM}


@dataclass(frozen=True)
class Report:
    """``rows``: how many were erased by table; ``kept``: what is left there (an empty shell, blank
    addresses, files whose bytes are deleted within minutes). ``files``: how many of these. ``conversations``:
    the ids, which lead to nobody any more.
    """

    conversations: tuple[str, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    files: int = 0
    manual: tuple[Manual, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "manual": [one.value for one in self.manual]}


class NothingError(LookupError):
    """There is no such conversation, or it was erased before."""


def preview(connection: Connection, conversation_id: str, now: float, key: bytes) -> Report:
    """What ``erase_all`` would do; nothing stays done. Raises ``NothingError``."""
    rehearsal = connection.begin_nested()
    try:
        return _erase(connection, conversation_id, now, key)
    finally:
        rehearsal.rollback()


def erase_all(
    connection: Connection, actor: Actor, conversation_id: str, reason: str, now: float, key: bytes
) -> Report:
    """Erase a conversation and those its people left behind. What Rasa keeps is still to be forgotten, by the
    ids in the report.

    Raises ``NothingError``; ``ValueError`` without a reason.
    """
    if not reason.strip():
        raise ValueError("reason")
    report = _erase(connection, conversation_id, now, key)
    detail = {"rows": sum(report.rows.values()), "files": report.files}
    audit.record(connection, actor, Action.ERASED, f"conversation:{conversation_id}", now, reason, detail)
    return report


def _erase(connection: Connection, conversation_id: str, now: float, key: bytes) -> Report:
    conversation_id = _where_now(connection, conversation_id)
    began = _began(connection, conversation_id)
    if began is None or is_shell(connection, conversation_id):
        raise NothingError(conversation_id)
    # Which conversations belong to the person shows only by doing it.
    rehearsal = connection.begin_nested()
    ids = erase(connection, conversation_id, now, key, Scope.CITIZEN).conversations
    rehearsal.rollback()
    before = count_rows(connection, ids)
    manual = _manual(connection, ids, before, began)
    done: ErasureReport = erase(connection, conversation_id, now, key, Scope.CITIZEN)
    after = count_rows(connection, ids)
    gone = {name: count - after.get(name, 0) for name, count in before.items()}
    return Report(
        conversations=done.conversations,
        rows={name: count for name, count in gone.items() if count > 0},
        kept=after,
        files=len(done.files),
        manual=manual,
    )


def _where_now(connection: Connection, conversation_id: str) -> str:
    """Where the person is who wrote here and has joined another channel since: what they asked for is asked
    for there as well. The conversation itself where nobody left it, or several went different ways.
    """
    here = select(identity.c.id).where(identity.c.conversation_id == conversation_id).limit(1)
    if connection.execute(here).first() is not None:
        return conversation_id
    wrote = select(inbox.c.identity_id).where(inbox.c.conversation_id == conversation_id)
    moved = select(identity.c.conversation_id).where(identity.c.id.in_(wrote)).distinct()
    found = list(connection.execute(moved).scalars())
    return str(found[0]) if len(found) == 1 else conversation_id


def _began(connection: Connection, conversation_id: str) -> float | None:
    query = select(conversation.c.created_at).where(conversation.c.id == conversation_id)
    began: float | None = connection.execute(query).scalar_one_or_none()
    return began


def _manual(
    connection: Connection, ids: tuple[str, ...], before: dict[str, int], began: float
) -> tuple[Manual, ...]:
    found = {Manual.BACKUPS, Manual.TRAINING}
    here = identity.c.conversation_id.in_(ids)
    for channel in connection.execute(select(identity.c.channel).where(here).distinct()).scalars():
        if channel in _PLATFORMS:
            found.add(_PLATFORMS[channel])
    exported = (staff_audit.c.action == Action.EXPORTED.value) & (staff_audit.c.at >= began)
    if connection.execute(select(func.count()).select_from(staff_audit).where(exported)).scalar_one():
        found.add(Manual.EXPORTS)
    if _WITH_AUTHORITIES & set(before):
        found.add(Manual.AUTHORITIES)
    return tuple(one for one in Manual if one in found)
