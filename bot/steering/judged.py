"""Counts audits and the grades of visits."""

from collections.abc import Mapping

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from bot.conversations.feedback import Kind
from bot.conversations.tables import feedback, turn
from bot.reviews.tables import audit_item, turn_label
from bot.reviews.verdict import Verdict
from bot.steering.period import Period

_SEVERITY = tuple(Verdict)
"""The last is the worst: of two reviewers the stricter counts."""


def verdicts(connection: Connection, period: Period) -> Mapping[Verdict, int]:
    """Labelled turns of audits by their worst label; the turns are of the period."""
    severity = case(*((turn_label.c.verdict == v.value, place) for place, v in enumerate(_SEVERITY)))
    worst = (
        select(func.max(severity).label("severity"))
        .select_from(
            turn_label.join(turn, turn.c.id == turn_label.c.turn_id).join(
                audit_item,
                (audit_item.c.turn_id == turn_label.c.turn_id)
                & (audit_item.c.round_id == turn_label.c.round_id),
            )
        )
        .where(turn.c.at >= period.start, turn.c.at < period.end)
        .group_by(turn_label.c.turn_id)
        .subquery()
    )
    query = select(worst.c.severity, func.count()).group_by(worst.c.severity)
    return {_SEVERITY[severity]: count for severity, count in connection.execute(query)}


def sampled(connection: Connection, period: Period) -> int:
    """Turns of the period that were drawn for an audit."""
    query = (
        select(func.count(func.distinct(audit_item.c.turn_id)))
        .join(turn, turn.c.id == audit_item.c.turn_id)
        .where(turn.c.at >= period.start, turn.c.at < period.end)
    )
    return int(connection.execute(query).scalar_one())


def grades(connection: Connection, period: Period) -> Mapping[int, int]:
    """Grades of visits given in the period, by score."""
    query = (
        select(feedback.c.score, func.count())
        .where(
            feedback.c.kind == Kind.VISIT.value,
            feedback.c.created_at >= period.start,
            feedback.c.created_at < period.end,
        )
        .group_by(feedback.c.score)
    )
    return dict(connection.execute(query).all())
