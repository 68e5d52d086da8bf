"""When a conversation is erased or joined with another."""

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.following.tables import follow_lookup, follow_news, follow_whisper, followed

_ERASED = "erased"


def erase(connection: Connection, conversation_id: str) -> int:
    """Forget its dossiers, their news and its second factors, and whose look-ups they were; how many
    dossiers.

    The look-ups themselves stay for the time audit logs are kept: hashes of codes and times, without a trace
    of the conversation.
    """
    here = followed.c.conversation_id == conversation_id
    gone: int = connection.execute(delete(followed).where(here)).rowcount
    for table in (follow_news, follow_whisper):
        connection.execute(delete(table).where(table.c.conversation_id == conversation_id))
    asked = select(follow_lookup.c.id).where(follow_lookup.c.conversation_id == conversation_id)
    for id in connection.execute(asked).scalars().all():
        # The number of the row keeps it different from every other one.
        values = {"conversation_id": "", "person": _ERASED, "message_id": f"{_ERASED}:{id}"}
        connection.execute(update(follow_lookup).where(follow_lookup.c.id == id).values(values))
    return gone


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Give the dossiers of one conversation to another, which keeps those it knows already; how many.

    Look-ups stay with the conversation they were made in: joining channels is no way to ask more often.
    """
    for table in (followed, follow_news):
        known = select(table.c.code).where(table.c.conversation_id == to_id).scalar_subquery()
        twice = (table.c.conversation_id == from_id) & table.c.code.in_(known)
        if table is followed:
            watched = select(followed.c.code).where(
                followed.c.conversation_id == from_id, followed.c.watching
            )
            codes = connection.execute(watched).scalars().all()
            wished = (followed.c.conversation_id == to_id) & followed.c.code.in_(codes)
            connection.execute(update(followed).where(wished).values(watching=True))
        connection.execute(delete(table).where(twice))
    moved: int = connection.execute(
        update(followed).where(followed.c.conversation_id == from_id).values(conversation_id=to_id)
    ).rowcount
    for table in (follow_news, follow_whisper):
        here = table.c.conversation_id == from_id
        connection.execute(update(table).where(here).values(conversation_id=to_id))
    return moved
