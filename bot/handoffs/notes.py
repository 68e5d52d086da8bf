"""What staff write to each other about a conversation; citizens never see it."""

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.conversations import erasing
from bot.handoffs.plain import plain_text
from bot.handoffs.tables import staff_note
from bot.staff.tables import staff_account
from bot.text.masking import mask


@dataclass(frozen=True)
class Note:
    """``name``: of the account that wrote it."""

    id: int
    account_id: int
    name: str
    text: str
    at: float


def add_note(connection: Connection, conversation_id: str, account_id: int, text: str, now: float) -> bool:
    """Keep a note, masked. False when the conversation was erased; ``ValueError`` as ``plain_text``."""
    plain = mask(plain_text(text))
    if not erasing.hold_living(connection, conversation_id):
        return False
    values = {"conversation_id": conversation_id, "account_id": account_id, "text": plain, "at": now}
    connection.execute(insert(staff_note).values(values))
    return True


def notes(connection: Connection, conversation_id: str) -> list[Note]:
    """All notes of a conversation, the oldest first."""
    query = (
        select(staff_note, staff_account.c.name)
        .join(staff_account, staff_account.c.id == staff_note.c.account_id, isouter=True)
        .where(staff_note.c.conversation_id == conversation_id)
        .order_by(staff_note.c.id)
    )
    return [
        Note(row.id, row.account_id, row.name or "", row.text, row.at) for row in connection.execute(query)
    ]
