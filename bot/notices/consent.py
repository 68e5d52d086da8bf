"""Who agreed to what: an act for each purpose and channel, taken back as easily as given."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.conversations.channel import Author, Channel
from bot.database import insert_once
from bot.following.tables import followed
from bot.notices import reminders, watching
from bot.notices.holding import hold
from bot.notices.purpose import Consent, Purpose, Versions
from bot.notices.tables import consent
from bot.reviews import lesson_erasing


def give(connection: Connection, conversation_id: str, agreed: Consent, message_id: str) -> bool:
    """Write down that the citizen agreed, in the message with this id; the same message agrees once. Whether
    it was written.
    """
    values = {
        "conversation_id": conversation_id,
        "channel": agreed.channel.value,
        "purpose": agreed.purpose.value,
        "version": agreed.version,
        "actor": Author.CITIZEN.value,
        "given_at": agreed.given_at,
        "given_in": message_id,
    }
    return insert_once(connection, consent, values)


def withdraw(
    connection: Connection, conversation_id: str, purposes: Iterable[Purpose], message_id: str, now: float
) -> int:
    """Take back all consents to ``purposes``, on every channel; how many this message ended. Reminders that
    need them, and the watch over dossiers and procedures, end in the same transaction; nothing that is being
    sent now can pass it.
    """
    hold(connection, conversation_id)
    wanted = set(purposes)
    standing = _standing(conversation_id) & consent.c.purpose.in_([purpose.value for purpose in wanted])
    values = {"withdrawn_at": now, "withdrawn_in": message_id}
    connection.execute(update(consent).where(standing).values(values))
    if Purpose.CHANGES in wanted:
        # Before the reminders: a change that is being announced holds this row.
        watching.unwatch_all(connection, conversation_id)
    for purpose in sorted(wanted & {Purpose.REMINDERS, Purpose.CHANGES}):
        reminders.cancel_all(connection, conversation_id, purpose, now)
    if Purpose.IMPROVE in wanted:
        lesson_erasing.retire(connection, conversation_id, now)
    if Purpose.FOLLOW in wanted:
        here = followed.c.conversation_id == conversation_id
        connection.execute(update(followed).where(here).values(watching=False))
    # Counted by the message: a turn that is run again says the same.
    by_this = (consent.c.conversation_id == conversation_id) & (consent.c.withdrawn_in == message_id)
    return int(connection.execute(select(func.count()).select_from(consent).where(by_this)).scalar_one())


def standing(connection: Connection, conversation_id: str, versions: Versions) -> tuple[Consent, ...]:
    """Consents to the texts in force, the newest first."""
    rows = connection.execute(
        select(consent).where(_standing(conversation_id)).order_by(consent.c.given_at.desc(), consent.c.id)
    )
    found = (
        Consent(Purpose(row.purpose), Channel(row.channel), row.version, row.given_at) for row in rows.all()
    )
    return tuple(agreed for agreed in found if versions.get(agreed.purpose) == agreed.version)


def _standing(conversation_id: str) -> Any:
    return (consent.c.conversation_id == conversation_id) & consent.c.withdrawn_at.is_(None)
