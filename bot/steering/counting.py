"""One query for each measure: it counts what happened between two moments."""

from collections.abc import Callable, Mapping

from sqlalchemy import case, exists, func, literal, select
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import ColumnElement

from bot.answers.outcome import Outcome
from bot.conversations.feedback import Kind
from bot.conversations.tables import feedback, turn
from bot.steering.measure import AGAIN, AGAIN_DAYS, ASKED_BACK, BOUNDS, DOWN, UP, Letters, Measure

_DAY = 86_400.0
_ASKED = turn.c.intent != ""
_LETTERS = case(
    (turn.c.accented.is_(True), Letters.ACCENTED.value),
    (turn.c.accented.is_(False), Letters.PLAIN.value),
    else_=Letters.NONE.value,
)
_NONE = literal("")


def counting(measure: Measure, start: float, end: float) -> Select:
    """Columns ``channel``, ``a``, ``b`` and ``count`` of what happened in ``[start, end)``."""
    return _COUNTS[measure](start, end)


def _turns(start: float, end: float) -> Select:
    return _grouped(case((_ASKED, turn.c.outcome), else_=""), _LETTERS, start, end)


def _contacts(start: float, end: float) -> Select:
    asked_back = case((turn.c.outcome == Outcome.ASKED_BACK.value, 1), else_=0)
    each = (
        select(func.min(turn.c.channel).label("channel"), func.max(asked_back).label("asked_back"))
        .where(_within(start, end), _ASKED)
        .group_by(turn.c.conversation_id)
        .subquery()
    )
    return _counted(each.c.channel, case((each.c.asked_back == 1, ASKED_BACK), else_=""))


def _topics(start: float, end: float) -> Select:
    each = (
        select(turn.c.conversation_id, turn.c.procedure_code, func.min(turn.c.channel).label("channel"))
        .where(_within(start, end), turn.c.procedure_code.is_not(None), _ASKED)
        .group_by(turn.c.conversation_id, turn.c.procedure_code)
        .subquery()
    )
    earlier = turn.alias("earlier")
    again = exists().where(
        earlier.c.conversation_id == each.c.conversation_id,
        earlier.c.procedure_code == each.c.procedure_code,
        earlier.c.at >= start - AGAIN_DAYS * _DAY,
        earlier.c.at < start,
    )
    marked = select(each.c.channel, case((again, AGAIN), else_="").label("a")).subquery()
    return _counted(marked.c.channel, marked.c.a)


def _asked(start: float, end: float) -> Select:
    return _grouped(
        turn.c.procedure_code, _NONE, start, end, turn.c.procedure_code.is_not(None), _ASKED, channel=_NONE
    )


def _no_data(start: float, end: float) -> Select:
    code = func.coalesce(turn.c.procedure_code, "")
    unanswered = turn.c.outcome == Outcome.NO_DATA.value
    return _grouped(turn.c.intent, code, start, end, unanswered, _ASKED, channel=_NONE)


def _speed(start: float, end: float) -> Select:
    arms = [(turn.c.elapsed_ms <= bound, str(bound)) for bound in BOUNDS]
    return _grouped(case(*arms, else_=str(BOUNDS[-1])), _NONE, start, end, _ASKED, channel=_NONE)


def _thumbs(start: float, end: float) -> Select:
    """The judged message is the answer, or one of the answers, of the turn that ended with it or after it."""
    answered = turn.alias("answered")
    judged = (
        select(answered.c.id)
        .where(
            answered.c.conversation_id == feedback.c.conversation_id, answered.c.answer_seq >= feedback.c.seq
        )
        .order_by(answered.c.answer_seq)
        .limit(1)
        .correlate(feedback)
        .scalar_subquery()
    )
    each = (
        select(feedback.c.score, judged.label("turn_id"))
        .where(
            feedback.c.kind == Kind.THUMB.value, feedback.c.created_at >= start, feedback.c.created_at < end
        )
        .subquery()
    )
    columns = (
        func.coalesce(turn.c.channel, "").label("channel"),
        case((each.c.score > 0, UP), else_=DOWN).label("a"),
        _LETTERS.label("b"),
    )
    known = select(*columns).select_from(each.outerjoin(turn, turn.c.id == each.c.turn_id)).subquery()
    return _counted(known.c.channel, known.c.a, known.c.b)


def _within(start: float, end: float) -> ColumnElement:
    return (turn.c.at >= start) & (turn.c.at < end)


def _grouped(
    a: ColumnElement,
    b: ColumnElement,
    start: float,
    end: float,
    *conditions: ColumnElement,
    channel: ColumnElement = turn.c.channel,
) -> Select:
    each = (
        select(channel.label("channel"), a.label("a"), b.label("b"))
        .where(_within(start, end), *conditions)
        .subquery()
    )
    return _counted(each.c.channel, each.c.a, each.c.b)


def _counted(channel: ColumnElement, a: ColumnElement, b: ColumnElement = _NONE) -> Select:
    """Rows of the same key, counted."""
    each = select(channel.label("channel"), a.label("a"), b.label("b")).subquery()
    columns = (each.c.channel, each.c.a, each.c.b)
    return select(*columns, func.count().label("count")).group_by(*columns)


_COUNTS: Mapping[Measure, Callable[[float, float], Select]] = {
    Measure.TURN: _turns,
    Measure.CONTACT: _contacts,
    Measure.TOPIC: _topics,
    Measure.ASKED: _asked,
    Measure.NO_DATA: _no_data,
    Measure.SPEED: _speed,
    Measure.THUMB: _thumbs,
}
