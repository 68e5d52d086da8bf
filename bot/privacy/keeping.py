"""What is kept longer than it may be: counted first, then deleted on order."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.channels.erasing import expire
from bot.channels.tables import attachment, button
from bot.conversations.erasing import ERASED
from bot.conversations.tables import conversation
from bot.following import retention as following
from bot.following.tables import follow_lookup
from bot.notices.erasing import PROOF_SECONDS, drop_proofs
from bot.notices.tables import consent_proof
from bot.privacy.holdings import count_rows
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor

_DAY = 86_400.0
AT_ONCE = 20
"""Conversations erased in one transaction: citizens wait for it where the database has one writer."""


@dataclass(frozen=True)
class Due:
    """What a run at ``now`` deletes. ``conversations``: idle since before ``before``; ``rows``: of these by
    table; ``others``: rows of other tables whose own time is over. ``files``: attachments whose bytes the
    gateway deletes by itself.
    """

    now: float
    before: float
    conversations: int
    rows: Mapping[str, int]
    others: Mapping[str, int]
    files: int

    @property
    def total(self) -> int:
        return sum(self.rows.values()) + sum(self.others.values())


@dataclass(frozen=True)
class Kept:
    """One step of a run. ``conversations``: ids still to be forgotten by Rasa; ``over``: nothing is left."""

    conversations: tuple[str, ...]
    messages: int
    over: bool


def preview(connection: Connection, chat_days: int, now: float) -> Due:
    """What is due; changes nothing."""
    before = now - chat_days * _DAY
    living = (conversation.c.lease_owner != ERASED) | conversation.c.lease_owner.is_(None)
    idle = select(conversation.c.id).where(conversation.c.active_at < before, living)
    others = {
        button.name: _count(connection, button, button.c.expires_at <= now),
        consent_proof.name: _count(
            connection, consent_proof, consent_proof.c.erased_at < now - PROOF_SECONDS
        ),
        follow_lookup.name: _count(
            connection, follow_lookup, follow_lookup.c.at < now - following.LOOKUP_SECONDS
        ),
    }
    return Due(
        now=now,
        before=before,
        conversations=_count(connection, conversation, conversation.c.id.in_(idle)),
        rows=count_rows(connection, idle),
        others={name: count for name, count in others.items() if count},
        files=_count(
            connection, attachment, (attachment.c.expires_at <= now) & attachment.c.deleted_at.is_(None)
        ),
    )


def step(connection: Connection, before: float, now: float, key: bytes) -> Kept:
    """Erase the next conversations idle since ``before``; call again until it is ``over``."""
    report = expire(connection, before, now, key, AT_ONCE)
    return Kept(report.conversations, report.messages, not report.conversations)


def finish(
    connection: Connection, actor: Actor, before: float, conversations: int, messages: int, now: float
) -> Mapping[str, int]:
    """The rest of a run: other rows whose time is over, and the entry in the audit log. Rows by table."""
    gone = {
        consent_proof.name: drop_proofs(connection, now),
        follow_lookup.name: following.purge(connection, now),
        button.name: _drop_buttons(connection, now),
    }
    detail = {"before": before, "conversations": conversations, "message": messages, **gone}
    audit.record(connection, actor, Action.RETENTION_RUN, "retention", now, detail=detail)
    return gone


def _drop_buttons(connection: Connection, now: float) -> int:
    dropped: int = connection.execute(button.delete().where(button.c.expires_at <= now)).rowcount
    return dropped


def _count(connection: Connection, table: object, condition: object) -> int:
    found: int = connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
    return found
