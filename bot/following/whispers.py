"""The second factor on its way from the citizen to the turn that compares it: sealed, and gone in minutes.

Everything else that is stored of the message shows dots in its place.
"""

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.dossiers.store import read
from bot.following import factor
from bot.following.tables import follow_whisper

LIFETIME_SECONDS = 600.0
"""Longer than a turn is tried for."""


def expected(connection: Connection, conversation_id: str, text: str) -> bool:
    """Whether the message may hold the four digits we have asked for."""
    if not factor.may_hold(text):
        return False
    file = read(connection, conversation_id)
    return file is not None and factor.asked(file)


def keep(connection: Connection, conversation_id: str, message_id: str, sealed: bytes, now: float) -> None:
    """Hold a sealed message for its turn, once; what is older than ``LIFETIME_SECONDS`` goes."""
    connection.execute(delete(follow_whisper).where(follow_whisper.c.at < now - LIFETIME_SECONDS))
    values = {
        "conversation_id": conversation_id,
        "message_id": message_id,
        "sealed": sealed,
        "at": now,
    }
    insert_once(connection, follow_whisper, values)


def find(connection: Connection, conversation_id: str, message_id: str, now: float) -> bytes | None:
    """What was sealed with this message; a turn that is run again finds it again."""
    query = select(follow_whisper.c.sealed).where(
        follow_whisper.c.conversation_id == conversation_id,
        follow_whisper.c.message_id == message_id,
        follow_whisper.c.at >= now - LIFETIME_SECONDS,
    )
    found: bytes | None = connection.execute(query).scalar_one_or_none()
    return found


def purge(connection: Connection, now: float) -> int:
    """Delete what is past its time; how many."""
    old = follow_whisper.c.at < now - LIFETIME_SECONDS
    gone: int = connection.execute(delete(follow_whisper).where(old)).rowcount
    return gone
