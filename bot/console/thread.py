"""A conversation as staff read it: messages, what the assistant understood, notes and drafts. All masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.console.procedures import labels
from bot.conversations import erasing, log
from bot.conversations.channel import Author
from bot.conversations.log import Entry
from bot.conversations.tables import conversation, turn
from bot.conversations.turns import Recorded, recorded
from bot.dossiers import store
from bot.dossiers.casefile import Draft
from bot.handoffs.notes import Note, notes
from bot.handoffs.tables import staff_message
from bot.staff.roles import Permission
from bot.text.masking import mask

SHOWN = 200
"""Messages on one page."""


def day_of(iso: str) -> str:
    """dd/MM/yyyy of an ISO day; empty when it is none."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return ""


WHY = {
    "not_held": "unsaid_not_held",
    "blocked": "unsaid_blocked",
    "window_closed": "unsaid_window_closed",
    "channel_off": "unsaid_channel_off",
    "gone": "unsaid_gone",
}
"""Texts for the codes the gateway notes where it could not say something; any other: it failed."""
WORDS: Mapping[str, Any] = {
    "why": WHY,
    "outcomes": {outcome.value: outcome for outcome in Outcome},
    "staff_author": Author.STAFF,
    "reviews": Permission.REVIEW,
    "iso": day_of,
}
"""What ``talk_thread.html`` needs besides the thread."""


@dataclass(frozen=True)
class Line:
    """A message; ``turn``: what it came from, with the last message of an answer."""

    entry: Entry
    turn: Recorded | None


@dataclass(frozen=True)
class Unsaid:
    """What staff wrote and the citizen has not got: on its way, or ``refused`` with a short code."""

    id: int
    text: str
    at: float
    refused: str


@dataclass(frozen=True)
class Thread:
    """``earlier``: number from which the page before this one starts, None on the first; ``names``: of
    procedures by code; ``drafts``: dossiers the citizen prepares, the newest first.
    """

    conversation_id: str
    lines: tuple[Line, ...]
    unsaid: tuple[Unsaid, ...]
    earlier: int | None
    later: bool
    notes: tuple[Note, ...]
    drafts: tuple[Draft, ...]
    names: Mapping[str, str]

    @property
    def question(self) -> Entry | None:
        """The citizen's last message with words."""
        asked = (line.entry for line in reversed(self.lines))
        return next((entry for entry in asked if entry.author is Author.CITIZEN and entry.said.text), None)

    @property
    def procedure_code(self) -> str:
        """The procedure spoken of last; empty when none was."""
        codes = (line.turn.facts.procedure_code for line in reversed(self.lines) if line.turn)
        return next((code for code in codes if code), "")


def read_thread(connection: Connection, conversation_id: str, before: int | None = None) -> Thread | None:
    """The last messages, or those numbered below ``before``. None when the conversation is not there or was
    erased.
    """
    query = select(conversation.c.last_seq).where(conversation.c.id == conversation_id)
    last = connection.execute(query).scalar_one_or_none()
    if last is None or erasing.is_shell(connection, conversation_id):
        return None
    end = last if before is None else min(before - 1, last)
    after = max(0, end - SHOWN)
    entries = log.entries(connection, conversation_id, after, max(0, end - after))
    turns = _turns(connection, conversation_id, after, end)
    lines = tuple(Line(entry, turns.get(entry.seq)) for entry in entries)
    file = store.read(connection, conversation_id)
    drafts = tuple(reversed(file.drafts)) if file else ()
    codes = {one.facts.procedure_code or "" for one in turns.values()} | {draft.procedure for draft in drafts}
    return Thread(
        conversation_id=conversation_id,
        lines=lines,
        unsaid=_unsaid(connection, conversation_id) if end == last else (),
        earlier=after + 1 if after else None,
        later=end < last,
        notes=tuple(notes(connection, conversation_id)),
        drafts=drafts,
        names=labels(connection, codes),
    )


def _turns(connection: Connection, conversation_id: str, after: int, end: int) -> dict[int, Recorded]:
    """Turns by the number of the message that ends them."""
    query = select(turn).where(turn.c.conversation_id == conversation_id, turn.c.seq.between(after + 1, end))
    found = map(recorded, connection.execute(query.order_by(turn.c.id)))
    return {max(one.seq, one.answer_seq): one for one in found}


def _unsaid(connection: Connection, conversation_id: str) -> tuple[Unsaid, ...]:
    here = staff_message.c.conversation_id == conversation_id
    query = select(staff_message).where(here, staff_message.c.said_at.is_(None)).order_by(staff_message.c.id)
    return tuple(
        Unsaid(row.id, mask(row.text), row.created_at, row.refused or "") for row in connection.execute(query)
    )
