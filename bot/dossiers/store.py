"""Where case files are kept, one per conversation."""

from typing import Any

import msgspec
from sqlalchemy import Text, bindparam, cast, delete, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.answers.turn import Turn
from bot.database import insert_once
from bot.dossiers.casefile import CaseFile
from bot.dossiers.milestone import DropOff, Milestone
from bot.dossiers.progress import Reached, reached
from bot.dossiers.tables import case_file, milestone
from bot.lookup import Lookup

_OPENED = Lookup(
    select(case_file.c.message_id, cast(case_file.c.body, Text), cast(case_file.c.before, Text)).where(
        case_file.c.conversation_id == bindparam("conversation_id")
    )
)


class Cabinet:
    """Case files in the database. A conversation runs one turn at a time; only ``move`` writes beside it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, conversation_id: str, message_id: str) -> CaseFile:
        """The file as it was before this message, also when the message is answered a second time."""
        rows = _OPENED.rows(self._engine, conversation_id=conversation_id)
        if not rows:
            return CaseFile()
        ((last, body, before),) = rows
        again = bool(message_id) and last == message_id
        return msgspec.json.decode(before if again else body, type=CaseFile)

    def put(self, turn: Turn, before: CaseFile, after: CaseFile, now: float) -> None:
        """Keep the file after a message, and count what it has reached."""
        if before == after and not before.drafts:
            return
        with self._engine.begin() as connection:
            stored = _held(connection, turn.conversation_id)
            if not _is_again(connection, turn):
                # What an earlier run of this message began is not brought along: this run takes its place.
                after = _with_brought(stored, before, after)
            _write(connection, turn.conversation_id, turn.message_id, before, after, now)
            for step in reached(before, after):
                record(connection, step, turn.channel, now)


def record(connection: Connection, step: Reached, channel: str, now: float) -> None:
    """Count a milestone once; a reason told later is added."""
    values = {
        "draft_id": step.draft_id,
        "step": step.milestone.value,
        "procedure_code": step.procedure_code,
        "channel": channel,
        "reason": step.reason.value if step.reason else None,
        "at": now,
    }
    if not insert_once(connection, milestone, values) and step.reason:
        _add_reason(connection, step.draft_id, step.milestone, step.reason)


def erase(connection: Connection, conversation_id: str) -> int:
    """Delete the file of a conversation; how many drafts it held."""
    here = case_file.c.conversation_id == conversation_id
    row = connection.execute(select(case_file.c.body).where(here)).one_or_none()
    connection.execute(delete(case_file).where(here))
    return len(row.body.get("drafts", ())) if row else 0


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Take the drafts of one conversation along into another; how many."""
    theirs = read(connection, from_id)
    if theirs is None or not (theirs.drafts or theirs.asked):
        return 0
    ours = _held(connection, to_id) or CaseFile()
    known = {draft.id for draft in ours.drafts}
    brought = tuple(draft for draft in theirs.drafts if draft.id not in known)
    asked = tuple(dict.fromkeys((*theirs.asked, *ours.asked)))
    joined = msgspec.structs.replace(ours, drafts=(*brought, *ours.drafts), asked=asked)
    if ours.active is None and ours.waiting is None:
        joined = msgspec.structs.replace(joined, active=theirs.active, waiting=theirs.waiting)
    updated = connection.execute(
        select(case_file.c.updated_at).where(case_file.c.conversation_id == from_id)
    ).scalar_one()
    _write(connection, to_id, "", joined, joined, updated)
    erase(connection, from_id)
    return len(brought)


def read(connection: Connection, conversation_id: str) -> CaseFile | None:
    """The file of a conversation; None when it has none."""
    query = select(case_file.c.body).where(case_file.c.conversation_id == conversation_id)
    row = connection.execute(query).one_or_none()
    return msgspec.convert(row.body, CaseFile) if row else None


def _held(connection: Connection, conversation_id: str) -> CaseFile | None:
    """As ``read``; nobody else writes the file until the transaction ends, on SQLite too."""
    here = case_file.c.conversation_id == conversation_id
    # SQLite knows no lock on a row: a write begins its transaction.
    connection.execute(update(case_file).where(here).values(updated_at=case_file.c.updated_at))
    return read(connection, conversation_id)


def _is_again(connection: Connection, turn: Turn) -> bool:
    """Whether this message has been answered before, and nothing was brought since (``move`` names none)."""
    here = case_file.c.conversation_id == turn.conversation_id
    last = connection.execute(select(case_file.c.message_id).where(here)).scalar_one_or_none()
    return bool(turn.message_id) and last == turn.message_id


def _with_brought(stored: CaseFile | None, before: CaseFile, after: CaseFile) -> CaseFile:
    """The file with drafts another channel has brought along while the turn ran."""
    known = {draft.id for draft in (*before.drafts, *after.drafts)}
    brought = tuple(draft for draft in stored.drafts if draft.id not in known) if stored else ()
    return msgspec.structs.replace(after, drafts=(*brought, *after.drafts)) if brought else after


def _write(
    connection: Connection,
    conversation_id: str,
    message_id: str,
    before: CaseFile,
    after: CaseFile,
    now: float,
) -> None:
    values: dict[str, Any] = {
        "body": msgspec.to_builtins(after),
        "before": msgspec.to_builtins(before),
        "message_id": message_id,
        "updated_at": now,
    }
    here = case_file.c.conversation_id == conversation_id
    if not connection.execute(update(case_file).where(here).values(values)).rowcount:
        connection.execute(insert(case_file).values(conversation_id=conversation_id, **values))


def _add_reason(connection: Connection, draft_id: str, step: Milestone, reason: DropOff) -> None:
    here = (milestone.c.draft_id == draft_id) & (milestone.c.step == step.value)
    connection.execute(update(milestone).where(here).values(reason=reason.value))
