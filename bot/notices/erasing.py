"""What happens to consents and reminders when a conversation is erased or an address moves to another."""

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.erasing import subject_hash
from bot.conversations.tables import identity
from bot.notices.tables import consent, consent_proof, procedure_watch, reminder

PROOF_SECONDS = 731 * 86_400.0
"""How long the proof of a consent is kept after the erasure: 24 months."""


def erase(connection: Connection, conversation_id: str, now: float, key: bytes) -> int:
    """Delete the reminders and consents of a conversation; how many rows. Of each consent a proof stays that
    only the holder of ``key`` can tie to an address. Call it before the addresses are blanked.
    """
    rows = connection.execute(select(consent).where(consent.c.conversation_id == conversation_id)).all()
    for row in rows:
        for subject in _subjects(connection, conversation_id, row.channel, key):
            values = {
                "subject_hash": subject,
                "channel": row.channel,
                "purpose": row.purpose,
                "version": row.version,
                "given_at": row.given_at,
                # Whoever has everything erased takes back what they agreed to.
                "withdrawn_at": row.withdrawn_at or now,
                "erased_at": now,
            }
            connection.execute(insert(consent_proof).values(values))
    gone = 0
    # The watch before the reminders: a change that is being announced holds its row.
    for table in (procedure_watch, consent, reminder):
        gone += connection.execute(delete(table).where(table.c.conversation_id == conversation_id)).rowcount
    return gone


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Take consents and reminders along when an address joins another conversation; how many rows. What is
    planned there already stays as it is there.
    """
    there = reminder.alias()
    same = exists().where(
        there.c.conversation_id == to_id,
        there.c.kind == reminder.c.kind,
        there.c.subject == reminder.c.subject,
        there.c.mark == reminder.c.mark,
        there.c.due_day == reminder.c.due_day,
    )
    connection.execute(delete(reminder).where(reminder.c.conversation_id == from_id, same))
    theirs = procedure_watch.alias()
    known = exists().where(theirs.c.conversation_id == to_id, theirs.c.code == procedure_watch.c.code)
    connection.execute(delete(procedure_watch).where(procedure_watch.c.conversation_id == from_id, known))
    moved = 0
    for table in (procedure_watch, consent, reminder):
        here = table.c.conversation_id == from_id
        moved += connection.execute(update(table).where(here).values(conversation_id=to_id)).rowcount
    return moved


def drop_proofs(connection: Connection, now: float) -> int:
    """Delete proofs whose time is over; how many."""
    old = consent_proof.c.erased_at < now - PROOF_SECONDS
    dropped: int = connection.execute(delete(consent_proof).where(old)).rowcount
    return dropped


def _subjects(connection: Connection, conversation_id: str, channel: str, key: bytes) -> list[str]:
    query = select(identity.c.external_id).where(
        identity.c.conversation_id == conversation_id, identity.c.channel == channel
    )
    addresses = list(connection.execute(query.order_by(identity.c.id)).scalars())
    found = [subject_hash(key, channel, address) for address in addresses]
    return found or [subject_hash(key, "conversation", conversation_id)]
