"""Seeing who a conversation is with: for a reason, for a while, by whoever was granted it.

Words are masked before they are stored, so no grant brings back what a citizen typed. What is kept are the
addresses on the channels and a sealed contact to be called back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.conversations.erasing import hold_living
from bot.conversations.tables import identity
from bot.handoffs.tables import handoff
from bot.reviews.tables import unmask_grant
from bot.text import clean, mask

GRANT_SECONDS = 900.0
SHORTEST_REASON = 10
LONGEST_REASON = 500


@dataclass(frozen=True)
class Grant:
    """Of one account for one conversation; times in POSIX seconds."""

    id: int
    conversation_id: str
    reason: str
    granted_at: float
    expires_at: float


@dataclass(frozen=True)
class Address:
    """``external_id``: as the channel knows the citizen; empty on the web, where there is none: its number
    of a session names nobody, and is part of what opens it.
    """

    channel: Channel
    external_id: str
    heard_at: float


@dataclass(frozen=True)
class Contact:
    """Left to be called back. ``text``: None where it cannot be opened with this installation's key."""

    handoff_id: int
    opened_at: float
    text: str | None


@dataclass(frozen=True)
class Revealed:
    """All that a grant shows."""

    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]


def grant(
    connection: Connection, account_id: int, conversation_id: str, reason: str, now: float
) -> Grant | None:
    """Let an account see a conversation's identifiers for 15 minutes; None where there is none, or it was
    erased. Raises ``ValueError`` for a reason of fewer than 10 or more than 500 characters.
    """
    said = mask(clean(reason))
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise ValueError("reason")
    if not hold_living(connection, conversation_id):
        return None
    values = {
        "account_id": account_id,
        "conversation_id": conversation_id,
        "reason": said,
        "granted_at": now,
        "expires_at": now + GRANT_SECONDS,
    }
    connection.execute(insert(unmask_grant).values(values))
    return active_grant(connection, account_id, conversation_id, now)


def active_grant(connection: Connection, account_id: int, conversation_id: str, now: float) -> Grant | None:
    """The grant an account holds now."""
    query = (
        select(unmask_grant)
        .where(
            unmask_grant.c.account_id == account_id,
            unmask_grant.c.conversation_id == conversation_id,
            unmask_grant.c.granted_at <= now,
            unmask_grant.c.expires_at > now,
        )
        .order_by(unmask_grant.c.id.desc())
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Grant(row.id, row.conversation_id, row.reason, row.granted_at, row.expires_at)


def reveal(connection: Connection, granted: Grant, opened: Callable[[str], str | None]) -> Revealed:
    """What is known of the citizen. ``opened``: gives what was sealed, None where it cannot."""
    here = granted.conversation_id
    people = select(identity).where(identity.c.conversation_id == here).order_by(identity.c.id)
    left = (
        select(handoff.c.id, handoff.c.opened_at, handoff.c.contact_sealed)
        .where(handoff.c.conversation_id == here, handoff.c.contact_sealed != "")
        .order_by(handoff.c.id)
    )
    return Revealed(
        tuple(_address(row) for row in connection.execute(people)),
        tuple(Contact(row.id, row.opened_at, opened(row.contact_sealed)) for row in connection.execute(left)),
    )


def _address(row: Any) -> Address:
    channel = Channel(row.channel)
    return Address(channel, "" if channel is Channel.WEB else row.external_id, row.heard_at)
