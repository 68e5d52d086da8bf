"""Taking a conversation out of the world: its words at once, its empty shell once nothing hangs on it.

The shell (an id without words and without an address) stays until the files are gone, and so that a
session that was erased cannot come to life again. What the channels keep besides is erased by
``bot.channels.erasing``, which is the one to call.
"""

import hashlib
import hmac
from enum import Enum

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.engine import Connection

from bot.clause import clause
from bot.conversations.channel import Channel, Reach
from bot.conversations.tables import conversation, feedback, identity, link_code, message, tombstone, turn

ERASED = "erased"
"""The owner of the lease of an erased conversation: no worker can take it any more."""
_FOREVER = 1e18


class Scope(str, Enum):
    """Why something was erased."""

    CITIZEN = "citizen"
    """The citizen asked for it."""
    RETENTION = "retention"
    """The time for which conversations are kept was over."""


def subject_hash(key: bytes, channel: str, external_id: str) -> str:
    """What stays of an address: 64 hexadecimal digits that only the holder of ``key`` can compare."""
    return hmac.new(key, f"{channel}:{external_id}".encode(), hashlib.sha256).hexdigest()


_HELD = clause(
    select(conversation.c.id).where(conversation.c.id == bindparam("b_conversation")).with_for_update()
)
_HASHED = clause(
    select(identity.c.id).where(
        identity.c.channel == bindparam("b_channel"), identity.c.external_id == bindparam("b_subject")
    )
)


def hold(connection: Connection, conversation_id: str) -> bool:
    """Keep others from writing into a conversation until the transaction ends; False when there is none."""
    return _HELD.row(connection, b_conversation=conversation_id) is not None


def hold_living(connection: Connection, conversation_id: str) -> bool:
    """The same; False also when the conversation was erased and only its shell is left."""
    return hold(connection, conversation_id) and not is_shell(connection, conversation_id)


def is_shell(connection: Connection, conversation_id: str) -> bool:
    """Whether a conversation was erased before."""
    query = select(conversation.c.lease_owner).where(conversation.c.id == conversation_id)
    owner: str | None = connection.execute(query).scalar_one_or_none()
    return owner == ERASED


def erase_words(connection: Connection, conversation_id: str, now: float, key: bytes, scope: Scope) -> int:
    """Delete messages, turns, feedback and link codes, forget the addresses, leave a tombstone for each.
    Returns the number of messages. Of a shell only what came too late is deleted.
    """
    gone: int = connection.execute(
        delete(message).where(message.c.conversation_id == conversation_id)
    ).rowcount
    for table in (feedback, link_code, turn):
        connection.execute(delete(table).where(table.c.conversation_id == conversation_id))
    if is_shell(connection, conversation_id):
        return gone
    subjects = _blank_addresses(connection, conversation_id, key)
    for subject in subjects or [subject_hash(key, "conversation", conversation_id)]:
        values = {"subject_hash": subject, "scope": scope.value, "erased_at": now}
        connection.execute(insert(tombstone).values(values))
    connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(last_seq=0, lease_owner=ERASED, lease_until=_FOREVER)
    )
    return gone


def is_erased(connection: Connection, channel: Channel, external_id: str, key: bytes) -> bool:
    """Whether this address had its conversation erased (as long as the shell of it is there)."""
    subject = subject_hash(key, channel.value, external_id)
    return _HASHED.row(connection, b_channel=channel.value, b_subject=subject) is not None


def idle(connection: Connection, before: float, limit: int) -> list[str]:
    """Conversations with words in which nothing happened since ``before``, the oldest first."""
    query = (
        select(conversation.c.id)
        .where(
            conversation.c.active_at < before,
            (conversation.c.lease_owner != ERASED) | conversation.c.lease_owner.is_(None),
        )
        .order_by(conversation.c.active_at)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def shells(connection: Connection, before: float, limit: int) -> list[str]:
    """Erased conversations that were last used before ``before``, the oldest first."""
    query = (
        select(conversation.c.id)
        .where(conversation.c.active_at < before, conversation.c.lease_owner == ERASED)
        .order_by(conversation.c.active_at)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def shells_since(connection: Connection, since: float) -> list[str]:
    """Erased conversations that were last used after ``since``."""
    query = select(conversation.c.id).where(
        conversation.c.active_at >= since, conversation.c.lease_owner == ERASED
    )
    return list(connection.execute(query).scalars())


def haunted(connection: Connection, limit: int) -> list[str]:
    """Shells with words in them: a message that was being taken in while they were erased."""
    query = (
        select(conversation.c.id)
        .where(
            conversation.c.lease_owner == ERASED,
            exists().where(message.c.conversation_id == conversation.c.id),
        )
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def drop_shell(connection: Connection, conversation_id: str) -> None:
    """Delete an erased conversation and its blank addresses; nothing else may refer to them."""
    connection.execute(delete(identity).where(identity.c.conversation_id == conversation_id))
    connection.execute(delete(conversation).where(conversation.c.id == conversation_id))


def _blank_addresses(connection: Connection, conversation_id: str, key: bytes) -> list[str]:
    """Put a keyed hash in the place of each address; the hashes."""
    found = connection.execute(select(identity).where(identity.c.conversation_id == conversation_id)).all()
    hashes = []
    for row in found:
        subject = subject_hash(key, row.channel, row.external_id)
        taken = select(identity.c.id).where(
            identity.c.channel == row.channel, identity.c.external_id == subject
        )
        # An address of a platform may come back and be erased again; a web session never does.
        blank = f"{subject}:{row.id}" if connection.execute(taken).first() else subject
        connection.execute(
            update(identity)
            .where(identity.c.id == row.id)
            .values(external_id=blank, reach=Reach.BLOCKED.value)
        )
        hashes.append(subject)
    return hashes
