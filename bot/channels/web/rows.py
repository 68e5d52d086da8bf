"""What the web channel reads in the database. Each function runs in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.channels.tables import attachment
from bot.clause import clause
from bot.conversations.channel import Author, Channel
from bot.conversations.erasing import is_erased
from bot.conversations.log import ENTRY, Entry, entry_of
from bot.conversations.people import meet
from bot.conversations.said import FileRef
from bot.conversations.tables import conversation, identity, message


@dataclass(frozen=True)
class Place:
    """The conversation a session is in: none before its first message, and none once it was ``erased``.
    ``lease_until``: an answer is being made until then (POSIX seconds).
    """

    conversation_id: str | None = None
    last_seq: int = 0
    lease_until: float = 0.0
    erased: bool = False


@dataclass(frozen=True)
class Page:
    """Messages of a place in order of ``seq``."""

    place: Place
    entries: Sequence[Entry] = ()


def place_of(connection: Connection, sid: str, key: bytes) -> Place:
    """Where a session is now: linking may have moved it."""
    row = _PLACE.row(connection, b_sid=sid)
    if row is None:
        return Place(erased=is_erased(connection, Channel.WEB, sid, key))
    return Place(row.id, row.last_seq, row.lease_until)


_HERE = (
    select(conversation.c.id, conversation.c.last_seq, conversation.c.lease_until)
    .join(identity, identity.c.conversation_id == conversation.c.id)
    .where(identity.c.channel == Channel.WEB.value, identity.c.external_id == bindparam("b_sid"))
)
_PLACE = clause(_HERE)
_SAID = (
    select(message.c.created_at)
    .where(
        message.c.conversation_id == conversation.c.id,
        message.c.author == Author.CITIZEN.value,
        message.c.channel == Channel.WEB.value,
    )
    .order_by(message.c.seq.desc())
    .offset(bindparam("b_newer"))
    .limit(1)
    .scalar_subquery()
)
_READY = clause(_HERE.add_columns(_SAID.label("crowded_since")))
# One statement: streams read each time something happens.
_PAGE = clause(
    select(conversation.c.id.label("place_id"), conversation.c.last_seq, conversation.c.lease_until, *ENTRY)
    .select_from(conversation)
    .join(identity, identity.c.conversation_id == conversation.c.id)
    .outerjoin(
        message, (message.c.conversation_id == conversation.c.id) & (message.c.seq > bindparam("after"))
    )
    .where(identity.c.channel == Channel.WEB.value, identity.c.external_id == bindparam("sid"))
    .order_by(message.c.seq)
    .limit(bindparam("most"))
)


def read(connection: Connection, sid: str, key: bytes, after: int, limit: int) -> Page:
    """At most ``limit`` messages after number ``after`` of the session's conversation."""
    found = _PAGE.rows(connection, sid=sid, after=after, most=limit)
    if not found:
        return Page(Place(erased=is_erased(connection, Channel.WEB, sid, key)))
    first = found[0]
    place = Place(first.place_id, first.last_seq, first.lease_until)
    return Page(place, [entry_of(row) for row in found if row.seq is not None])


@dataclass(frozen=True)
class Ready:
    """What a new message needs. ``crowded_since``: when the oldest message of a full share was said."""

    place: Place
    files: tuple[FileRef, ...] = ()
    crowded_since: float | None = None


def prepare(connection: Connection, sid: str, key: bytes, refs: Sequence[str], share: int) -> Ready:
    """Where a message of the session goes, with the files it names. ``share``: how many messages of the
    citizen on the web are a full one.
    """
    row = _READY.row(connection, b_sid=sid, b_newer=share - 1)
    if row is None:
        return Ready(Place(erased=is_erased(connection, Channel.WEB, sid, key)))
    files = files_of(connection, row.id, refs) if refs else ()
    return Ready(Place(row.id, row.last_seq, row.lease_until), files, row.crowded_since)


def begin(connection: Connection, sid: str, now: float) -> str:
    """Id of the session's conversation, opened if there is none: files belong to one."""
    return meet(connection, Channel.WEB, sid, now).conversation_id


def files_of(connection: Connection, conversation_id: str, refs: Sequence[str]) -> tuple[FileRef, ...]:
    """The files of this conversation with these refs, in their order; those unknown are left out."""
    query = select(attachment).where(
        attachment.c.conversation_id == conversation_id,
        attachment.c.ref.in_(refs),
        attachment.c.deleted_at.is_(None),
    )
    found = {row.ref: FileRef(row.ref, row.name, row.size, row.type) for row in connection.execute(query)}
    return tuple(found[ref] for ref in dict.fromkeys(refs) if ref in found)
