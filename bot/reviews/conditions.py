"""A filter as conditions on the table ``turn``."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import and_, case, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.conversations.feedback import Kind
from bot.conversations.tables import feedback, turn
from bot.reviews.filters import Filter
from bot.reviews.tables import turn_label


@dataclass(frozen=True)
class Key:
    """The place of a turn in the list: the newest first, of two at once the later id."""

    at: float
    id: int


def base(wanted: Filter, zone: tzinfo) -> list[ColumnElement]:
    """The part that one index answers whatever the rest is: the days, and the rarest of what has an index."""
    start, end = wanted.bounds(zone)
    found: list[ColumnElement] = []
    if start is not None:
        found.append(turn.c.at >= start)
    if end is not None:
        found.append(turn.c.at < end)
    if wanted.procedure_code:
        found.append(turn.c.procedure_code == wanted.procedure_code)
    elif wanted.intent:
        found.append(turn.c.intent == wanted.intent.value)
    elif wanted.outcome:
        found.append(turn.c.outcome == wanted.outcome.value)
    return found


def rest(wanted: Filter) -> list[ColumnElement]:
    """All other conditions but ``repeated``, which no condition on one turn can tell."""
    found: list[ColumnElement] = []
    if wanted.intent and wanted.procedure_code:
        found.append(turn.c.intent == wanted.intent.value)
    if wanted.outcome and (wanted.intent or wanted.procedure_code):
        found.append(turn.c.outcome == wanted.outcome.value)
    if wanted.channel:
        found.append(turn.c.channel == wanted.channel.value)
    if wanted.below_confidence is not None:
        # Without an intent the assistant was not asked; its confidence says nothing.
        found += [turn.c.confidence < wanted.below_confidence, turn.c.intent != ""]
    if wanted.below_score is not None:
        found.append(turn.c.best_score < wanted.below_score)
    if wanted.accented is not None:
        found.append(turn.c.accented.is_(wanted.accented))
    if wanted.flagged:
        found.append(turn.c.flagged_at.is_not(None))
    if wanted.thumbs_down:
        found.append(exists().where(judged() & (feedback.c.score < 0)))
    if wanted.labelled is not None:
        has_label = exists().where(turn_label.c.turn_id == turn.c.id)
        found.append(has_label if wanted.labelled else ~has_label)
    return found


def older(key: Key) -> ColumnElement:
    """Turns after this place in the list."""
    return and_(turn.c.at <= key.at, or_(turn.c.at < key.at, turn.c.id < key.id))


def newer(key: Key) -> ColumnElement:
    """Turns before this place in the list."""
    return and_(turn.c.at >= key.at, or_(turn.c.at > key.at, turn.c.id > key.id))


def judged(of: Any = turn) -> ColumnElement:
    """Joins ``feedback``, a thumb, to the turn whose answer it is about: of those that reach its message, the
    one that ended first. Turns of one conversation run one after the other.
    """
    ended_before = turn.alias()
    return and_(
        feedback.c.conversation_id == of.c.conversation_id,
        feedback.c.kind == Kind.THUMB.value,
        feedback.c.seq <= of.c.answer_seq,
        # Where the citizen's own number is unknown, only the last message is surely of this turn.
        feedback.c.seq > case((of.c.seq == 0, of.c.answer_seq - 1), else_=of.c.seq),
        ~select(ended_before.c.id)
        .where(
            ended_before.c.conversation_id == of.c.conversation_id,
            ended_before.c.answer_seq >= feedback.c.seq,
            ended_before.c.answer_seq < of.c.answer_seq,
        )
        .correlate(of, feedback)
        .exists(),
    )
