"""How to call a citizen back: taken out of the message before anything of it is stored, and sealed."""

from msgspec.structs import replace
from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.channels.message import Incoming
from bot.channels.staff.telling import ALONE
from bot.channels.tables import button
from bot.gateways.vault import Vault
from bot.handoffs import desk


def is_awaited(connection: Connection, conversation_id: str) -> bool:
    """Whether a contact was asked for, with what it is used for, and neither left nor declined yet."""
    query = select(button.c.token).where(
        button.c.conversation_id == conversation_id, button.c.payload == ALONE
    )
    return connection.execute(query).first() is not None


def await_no_more(connection: Connection, conversation_id: str) -> bool:
    """The question is settled; whether it was open."""
    asked = (button.c.conversation_id == conversation_id) & (button.c.payload == ALONE)
    return bool(connection.execute(delete(button).where(asked)).rowcount)


def keep(
    connection: Connection, vault: Vault, conversation_id: str, incoming: Incoming, now: float
) -> Incoming:
    """The message without its contact, which is sealed beside the hand-off where it was asked for."""
    bare = replace(incoming, contact="")
    if not incoming.contact or not is_awaited(connection, conversation_id):
        return bare
    standing = desk.current(connection, conversation_id)
    if standing is None:
        return bare
    sealed = vault.seal(incoming.contact.encode()).decode()
    if not desk.leave_contact(connection, standing.id, sealed, now):
        return bare
    await_no_more(connection, conversation_id)
    return replace(bare, leaves_contact=True)
