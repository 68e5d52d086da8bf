"""Turns as a list shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.feedback import Reason
from bot.conversations.said import load_said
from bot.conversations.tables import feedback, message, turn
from bot.conversations.turns import Recorded, recorded
from bot.reviews.conditions import judged
from bot.reviews.finding import repeated_among
from bot.reviews.tables import turn_label


@dataclass(frozen=True)
class Row:
    """One turn. ``question``: the citizen's words as they are kept (masked), "" where there are none;
    ``thumb``: 1 or -1, None where nobody judged; ``labels``: how many reviewers labelled it.
    """

    turn: Recorded
    question: str
    thumb: int | None
    labels: int
    repeated: bool


def rows_of(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """In the order of the ids; turns that were erased meanwhile are left out."""
    query = (
        select(turn, message.c.body)
        .join(
            message,
            (message.c.conversation_id == turn.c.conversation_id) & (message.c.seq == turn.c.seq),
            isouter=True,
        )
        .where(turn.c.id.in_(ids))
    )
    found = {row.id: row for row in connection.execute(query)}
    thumbs = _thumbs(connection, ids)
    labels = _labels(connection, ids)
    again = repeated_among(connection, ids)
    return [
        Row(
            turn=recorded(found[number]),
            question=load_said(found[number].body).text if found[number].body else "",
            thumb=thumbs.get(number),
            labels=labels.get(number, 0),
            repeated=number in again,
        )
        for number in ids
        if number in found
    ]


@dataclass(frozen=True)
class Judgement:
    """What a citizen thinks of an answer; the comment is masked."""

    score: int
    reason: Reason | None
    comment: str
    at: float


def judgements_of(connection: Connection, turn_id: int) -> list[Judgement]:
    """Of the messages of one answer, the first first."""
    query = select(feedback).where(turn.c.id == turn_id, judged()).order_by(feedback.c.seq)
    return [
        Judgement(row.score, Reason(row.reason) if row.reason else None, row.comment or "", row.created_at)
        for row in connection.execute(query)
    ]


def _thumbs(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """The lowest of each turn: an answer in several messages may be judged several times."""
    query = (
        select(turn.c.id, func.min(feedback.c.score)).where(turn.c.id.in_(ids), judged()).group_by(turn.c.id)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _labels(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(turn_label.c.turn_id, func.count())
        .where(turn_label.c.turn_id.in_(ids))
        .group_by(turn_label.c.turn_id)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}
