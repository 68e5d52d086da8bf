"""The numbered log of a conversation: what web clients replay and staff review."""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.channel import Author, Channel
from bot.conversations.said import FileRef, Said, load_said
from bot.conversations.tables import conversation, message


@dataclass(frozen=True)
class Entry:
    """One message. ``seq`` counts from 1 without gaps; ``message_id`` is the channel's, if it has one."""

    seq: int
    author: Author
    channel: Channel
    said: Said
    at: float
    message_id: str | None = None


def append(connection: Connection, conversation_id: str, entry: Entry) -> int:
    """Add to the end of a conversation (``entry.seq`` is ignored) and return the number given."""
    here = conversation.c.id == conversation_id
    # The update comes first: it holds the row, so that two writers cannot get the same number.
    connection.execute(
        update(conversation).where(here).values(last_seq=conversation.c.last_seq + 1, active_at=entry.at)
    )
    seq: int = connection.execute(select(conversation.c.last_seq).where(here)).scalar_one()
    values = {
        "conversation_id": conversation_id,
        "seq": seq,
        "author": entry.author.value,
        "channel": entry.channel.value,
        "message_id": entry.message_id,
        "body": entry.said.dump(),
        "created_at": entry.at,
    }
    connection.execute(insert(message).values(values))
    return seq


def entries(connection: Connection, conversation_id: str, after: int = 0, limit: int = 200) -> list[Entry]:
    """Messages numbered above ``after``, in order."""
    query = (
        select(message)
        .where(message.c.conversation_id == conversation_id, message.c.seq > after)
        .order_by(message.c.seq)
        .limit(limit)
    )
    return [_entry(row) for row in connection.execute(query)]


def last_before(connection: Connection, conversation_id: str, author: Author, at: float) -> Entry | None:
    """The last message of an author up to a moment (POSIX seconds); None when there is none."""
    query = select(message).where(
        message.c.conversation_id == conversation_id,
        message.c.author == author.value,
        message.c.created_at <= at,
    )
    row = connection.execute(query.order_by(message.c.seq.desc()).limit(1)).one_or_none()
    return _entry(row) if row else None


def number_of(connection: Connection, conversation_id: str, message_id: str) -> int:
    """The number of a citizen's message; 0 when it is not in the log."""
    query = select(message.c.seq).where(
        message.c.conversation_id == conversation_id, message.c.message_id == message_id
    )
    return int(connection.execute(query).scalars().first() or 0)


def attach(connection: Connection, conversation_id: str, message_id: str, files: tuple[FileRef, ...]) -> None:
    """Note the files of a message once they were fetched."""
    here = (message.c.conversation_id == conversation_id) & (message.c.message_id == message_id)
    body = connection.execute(select(message.c.body).where(here)).scalars().first()
    if body is not None:
        kept = replace(load_said(body), files=files)
        connection.execute(update(message).where(here).values(body=kept.dump()))


def _entry(row: Any) -> Entry:
    return Entry(
        seq=row.seq,
        author=Author(row.author),
        channel=Channel(row.channel),
        said=load_said(row.body),
        at=row.created_at,
        message_id=row.message_id,
    )
