"""Corrections of reviewers that nobody made a lesson of yet."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from bot.conversations.said import load_said
from bot.conversations.tables import message, turn
from bot.learning.journeys_heard import label_for
from bot.reviews.labels import Label
from bot.reviews.tables import turn_label
from bot.reviews.tables_lessons import lesson
from bot.reviews.verdict import Verdict

_NOT_RIGHT = (Verdict.INCOMPLETE.value, Verdict.WRONG.value, Verdict.HARMFUL.value)


@dataclass(frozen=True)
class Due:
    """A turn whose answer was not right, with the reviewer's correction. ``question``: masked."""

    turn_id: int
    question: str
    label: Label
    at: float


def due(connection: Connection, account_id: int, limit: int = 20) -> list[Due]:
    """The last corrected first. A turn of an audit shows only to whoever may see its labels."""
    corrected = or_(turn_label.c.intent.is_not(None), turn_label.c.procedure_code.is_not(None))
    made = select(lesson.c.id).where(lesson.c.turn_id == turn_label.c.turn_id).exists()
    query = (
        select(turn_label.c.turn_id, turn_label.c.at, message.c.body)
        .join(turn, turn.c.id == turn_label.c.turn_id)
        .join(
            message,
            (message.c.conversation_id == turn.c.conversation_id) & (message.c.seq == turn.c.seq),
        )
        .where(turn_label.c.verdict.in_(_NOT_RIGHT), corrected, ~made)
        .order_by(turn_label.c.at.desc(), turn_label.c.id.desc())
        .limit(3 * limit)
    )
    found: dict[int, Due] = {}
    for row in connection.execute(query).all():
        label = label_for(connection, row.turn_id, account_id) if row.turn_id not in found else None
        if label and label.verdict is not Verdict.RIGHT and (label.intent or label.procedure_code):
            found[row.turn_id] = Due(row.turn_id, load_said(row.body).text, label, row.at)
    return list(found.values())[:limit]
