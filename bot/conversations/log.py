"""The numbered log of a conversation: what web clients replay and staff review."""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoResultFound

from bot.clause import clause
from bot.conversations.channel import Author, Channel
from bot.conversations.said import FileRef, Said, load_said
from bot.conversations.tables import conversation, message
from bot.database import Change


@dataclass(frozen=True)
class Entry:
    """One message. ``seq`` counts from 1 without gaps; ``message_id`` is the channel's, if it has one."""

    seq: int
    author: Author
    channel: Channel
    said: Said
    at: float
    message_id: str | None = None


_COUNTED = Change(
    conversation,
    conversation.c.id == bindparam("b_conversation"),
    {"last_seq": conversation.c.last_seq + 1, "active_at": bindparam("b_at")},
)
_APPENDED = clause(
    insert(message).inline(),
    ("conversation_id", "seq", "author", "channel", "message_id", "body", "created_at"),
)
_NUMBER = clause(
    select(message.c.seq).where(
        message.c.conversation_id == bindparam("b_conversation"),
        message.c.message_id == bindparam("b_message"),
    )
)


def append(connection: Connection, conversation_id: str, entry: Entry) -> int:
    """Add to the end of a conversation (``entry.seq`` is ignored) and return the number given."""
    # The update comes first: it holds the row, so that two writers cannot get the same number.
    row = _COUNTED.make(connection, {"b_conversation": conversation_id, "b_at": entry.at})
    if row is None:
        raise NoResultFound("no such conversation")
    seq: int = row.last_seq
    _APPENDED.change(
        connection,
        conversation_id=conversation_id,
        seq=seq,
        author=entry.author.value,
        channel=entry.channel.value,
        message_id=entry.message_id,
        body=entry.said.dump(),
        created_at=entry.at,
    )
    return seq


def entries(connection: Connection, conversation_id: str, after: int = 0, limit: int = 200) -> list[Entry]:
    """Messages numbered above ``after``, in order."""
    query = (
        select(message)
        .where(message.c.conversation_id == conversation_id, message.c.seq > after)
        .order_by(message.c.seq)
        .limit(limit)
    )
    return [entry_of(row) for row in connection.execute(query)]


def last_before(connection: Connection, conversation_id: str, author: Author, at: float) -> Entry | None:
    """The last message of an author up to a moment (POSIX seconds); None when there is none."""
    query = select(message).where(
        message.c.conversation_id == conversation_id,
        message.c.author == author.value,
        message.c.created_at <= at,
    )
    row = connection.execute(query.order_by(message.c.seq.desc()).limit(1)).one_or_none()
    return entry_of(row) if row else None


def number_of(connection: Connection, conversation_id: str, message_id: str) -> int:
    """The number of a citizen's message; 0 when it is not in the log."""
    row = _NUMBER.row(connection, b_conversation=conversation_id, b_message=message_id)
    return int(row.seq) if row else 0


def attach(connection: Connection, conversation_id: str, message_id: str, files: tuple[FileRef, ...]) -> None:
    """Note the files of a message once they were fetched."""
    here = (message.c.conversation_id == conversation_id) & (message.c.message_id == message_id)
    body = connection.execute(select(message.c.body).where(here)).scalars().first()
    if body is not None:
        kept = replace(load_said(body), files=files)
        connection.execute(update(message).where(here).values(body=kept.dump()))


ENTRY = (
    message.c.seq,
    message.c.author,
    message.c.channel,
    message.c.message_id,
    message.c.body,
    message.c.created_at,
)
"""The columns an entry is made of."""


def entry_of(row: Any) -> Entry:
    """The message in a row with these columns."""
    return Entry(
        seq=row.seq,
        author=Author(row.author),
        channel=Channel(row.channel),
        said=load_said(row.body),
        at=row.created_at,
        message_id=row.message_id,
    )
