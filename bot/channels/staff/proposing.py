"""Answers on chosen topics wait for a person who approves or edits them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.catalogue.tables import procedure, procedure_version
from bot.channels.inbox import Waiting
from bot.channels.message import Reply
from bot.channels.response import Response
from bot.channels.staff.office import Timetable
from bot.channels.words import Words
from bot.conversations.people import Person
from bot.conversations.turns import Facts
from bot.handoffs.approvals import propose, wants_approval
from bot.handoffs.topics import topics

PATIENCE_SECONDS = 900.0
"""In office hours an answer waits so long for a decision."""
_AT_ONCE = frozenset({Outcome.SAFETY, Outcome.HANDED_OFF, Outcome.ERROR, Outcome.COURTESY})
"""What nobody may be kept waiting for, or nobody has to look at."""


class Proposing:
    """Holds back answers that a person wants to see first."""

    def __init__(self, words: Words, timetable: Timetable) -> None:
        self._words, self._timetable = words, timetable

    def propose(
        self,
        connection: Connection,
        message: Waiting,
        person: Person,
        response: Response,
        facts: Facts,
        now: float,
    ) -> Response | None:
        """What is said instead of an answer that waits; None for one that may be said at once."""
        if Outcome(facts.outcome) in _AT_ONCE or not topics(connection):
            return None
        code = facts.procedure_code or ""
        topic = wants_approval(connection, facts.intent, code, _field_of(connection, code))
        if topic is None:
            return None
        office = self._timetable.read(connection)
        due_at = office.in_hours(now, PATIENCE_SECONDS)
        kept = [dump(reply) for reply in response.replies]
        propose(connection, person.conversation_id, person.id, topic, kept, now, due_at, message.id)
        told = self._words.text("approval_open" if office.is_open(now) else "approval_closed")
        handed = replace(facts, outcome=Outcome.HANDED_OFF.value)
        return replace(response, replies=(Reply(told),), facts=handed)


def dump(reply: Reply) -> dict[str, Any]:
    """A reply as JSON, without what is kept of its turn."""
    found: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(reply, facts=None))
    return found


def load(kept: Mapping[str, Any]) -> Reply:
    """The reply that ``dump`` kept."""
    return msgspec.convert(kept, Reply)


def _field_of(connection: Connection, code: str) -> str:
    if not code:
        return ""
    query = (
        select(procedure_version.c.field)
        .join(procedure, procedure.c.id == procedure_version.c.procedure_id)
        .where(procedure.c.code == code, procedure_version.c.superseded_at.is_(None))
        .order_by(procedure_version.c.version_no.desc())
        .limit(1)
    )
    return str(connection.execute(query).scalar_one_or_none() or "")
