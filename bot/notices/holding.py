"""One at a time in a conversation: who sends and who withdraws must not pass each other."""

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.conversations import erasing
from bot.conversations.tables import conversation, identity


def hold(connection: Connection, conversation_id: str) -> bool:
    """Keep others from sending and withdrawing in a conversation until the transaction ends, on SQLite
    too; False when it is not there or was erased.
    """
    # Addresses before the conversation, as whoever accepts a message or erases does.
    addresses = select(identity.c.id).where(identity.c.conversation_id == conversation_id)
    connection.execute(addresses.order_by(identity.c.id).with_for_update())
    here = conversation.c.id == conversation_id
    # SQLite knows no lock on a row: a write begins its transaction.
    connection.execute(update(conversation).where(here).values(last_seq=conversation.c.last_seq))
    return erasing.hold_living(connection, conversation_id)
