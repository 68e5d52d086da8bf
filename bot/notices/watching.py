"""Who asked to be told when a procedure changes, and telling them: once for each change."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import insert_once
from bot.lookup import Lookup
from bot.notices.changed import Part, mark_of, parts_in, parts_of
from bot.notices.kinds import Kind
from bot.notices.quiet import QuietHours
from bot.notices.reminders import OPEN, Reminders, cancel
from bot.notices.tables import procedure_watch, reminder

MOST_WATCHED = 20
"""Procedures somebody may watch at a time."""

_WATCHED = (
    select(procedure_watch.c.code)
    .where(procedure_watch.c.conversation_id == bindparam("conversation_id"))
    .order_by(procedure_watch.c.asked_at, procedure_watch.c.id)
)
_WATCHED_NOW = Lookup(_WATCHED)


def watch(connection: Connection, conversation_id: str, code: str, revision: int, now: float) -> bool:
    """Tell this conversation of changes after ``revision`` of the catalogue; False when it watches too much
    already. Whoever watches already is told what they were to be told before. The consent is given elsewhere.
    """
    known = watched(connection, conversation_id)
    if code in known or len(known) >= MOST_WATCHED:
        return code in known
    values = {"conversation_id": conversation_id, "code": code, "revision": revision, "asked_at": now}
    insert_once(connection, procedure_watch, values)
    return True


def unwatch(connection: Connection, conversation_id: str, code: str, now: float) -> bool:
    """Tell no more of this procedure, nor of changes not told yet; whether it was watched."""
    here = procedure_watch.c.conversation_id == conversation_id
    gone = connection.execute(delete(procedure_watch).where(here, procedure_watch.c.code == code)).rowcount
    cancel(connection, conversation_id, code, now, (Kind.PROCEDURE_CHANGED,))
    return bool(gone)


def unwatch_all(connection: Connection, conversation_id: str) -> int:
    """Forget every procedure a conversation watches; how many. Whoever calls it ends the reminders after."""
    here = procedure_watch.c.conversation_id == conversation_id
    gone: int = connection.execute(delete(procedure_watch).where(here)).rowcount
    return gone


def watched(connection: Connection, conversation_id: str) -> tuple[str, ...]:
    """Codes of the procedures a conversation watches, in the order they were asked for."""
    found = connection.execute(_WATCHED, {"conversation_id": conversation_id})
    return tuple(code for (code,) in found.all())


def watched_now(engine: Engine, conversation_id: str) -> tuple[str, ...]:
    """The same outside of any transaction: asked after most answers."""
    return tuple(code for (code,) in _WATCHED_NOW.rows(engine, conversation_id=conversation_id))


def watchers(connection: Connection, code: str) -> list[str]:
    """Conversations that watch a procedure, in the order they asked."""
    query = select(procedure_watch.c.conversation_id).where(procedure_watch.c.code == code)
    return list(
        connection.execute(query.order_by(procedure_watch.c.asked_at, procedure_watch.c.id)).scalars()
    )


def announce(
    connection: Connection, code: str, revision: int, fields: Iterable[str], now: float, hours: QuietHours
) -> int:
    """Have everybody who watches ``code`` told that ``fields`` of its record (names of ``Procedure``) are
    others since ``revision``; how many. Once for each revision, however often it is called; nothing when no
    field matters to citizens. A change they were not told of yet is told together with this one.
    """
    parts = parts_of(fields)
    if not parts:
        return 0
    planned, told = Reminders(hours), 0
    for conversation_id in watchers(connection, code):
        here = (procedure_watch.c.conversation_id == conversation_id) & (procedure_watch.c.code == code)
        older = here & (procedure_watch.c.revision < revision)
        # Of several processes the first takes the row; who takes back their consent waits for it or wins.
        if connection.execute(update(procedure_watch).where(older).values(revision=revision)).rowcount != 1:
            continue
        untold = _untold(connection, conversation_id, code)
        cancel(connection, conversation_id, code, now, (Kind.PROCEDURE_CHANGED,))
        both = [part for part in Part if part in parts or part in untold]
        mark = mark_of(revision, both)
        told += planned.plan(connection, conversation_id, Kind.PROCEDURE_CHANGED, code, now, now, mark)
    return told


def _untold(connection: Connection, conversation_id: str, code: str) -> set[Part]:
    query = select(reminder.c.mark).where(
        reminder.c.conversation_id == conversation_id,
        reminder.c.kind == Kind.PROCEDURE_CHANGED.value,
        reminder.c.subject == code,
        reminder.c.state.in_(OPEN),
    )
    return {part for mark in connection.execute(query).scalars() for part in parts_in(mark)}
