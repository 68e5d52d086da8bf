"""How citizens come to a person, and how long it takes. The figures are pure, over counted rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.handoffs.states import Cause, Happening
from bot.handoffs.tables import handoff, handoff_event
from bot.handoffs.waits import Waits
from bot.steering.figure import Figure, Kind, Row, share
from bot.steering.period import Period

SAFETY_SECONDS = 300.0
"""In which a person takes up what is about safety."""


@dataclass(frozen=True)
class Safety:
    """``messages``: turns with the outcome safety; ``opened``: hand-offs because of it; ``in_time``: of them,
    taken up by a person within ``SAFETY_SECONDS``; ``late``: later; ``never``: ended, or still waiting.
    """

    messages: int
    opened: int
    in_time: int
    late: int

    @property
    def never(self) -> int:
        return self.opened - self.in_time - self.late


def handoffs(causes: Mapping[Cause, int], contacts: int) -> Figure:
    """Hand-offs of citizens by cause, as a share of the contacts; staff who step in are not counted."""
    wanted = [cause for cause in Cause if cause is not Cause.STAFF]
    opened = sum(causes.get(cause, 0) for cause in wanted)
    rows = [share((cause.value,), causes.get(cause, 0), contacts) for cause in wanted]
    return Figure("handoffs", Kind.SHARE, ("cause",), opened, (*rows, share(("all",), opened, contacts)))


def waiting(key: str, waits: Waits) -> Figure:
    """Median and p90 of the waits that ended, and how many did not."""
    rows = (
        Row(("median",), waits.reached, waits.opened, waits.median),
        Row(("p90",), waits.reached, waits.opened, waits.p90),
        Row(("pending",), waits.pending, waits.opened),
        Row(("never",), waits.never, waits.opened),
    )
    return Figure(key, Kind.SECONDS, ("wait",), waits.opened, rows)


def reopened(again: int, opened: int) -> Figure:
    """Hand-offs of somebody whose last one ended less than seven days before."""
    return Figure("reopened", Kind.SHARE, ("contact",), opened, (share(("again",), again, opened),))


def safety(found: Safety) -> Figure:
    """What became of hand-offs about safety."""
    rows = (
        share(("in_time",), found.in_time, found.opened),
        share(("late",), found.late, found.opened),
        share(("never",), found.never, found.opened),
        Row(("messages",), found.messages),
    )
    return Figure("safety", Kind.SHARE, ("wait",), found.opened, rows)


def count_causes(connection: Connection, period: Period) -> Mapping[Cause, int]:
    query = select(handoff.c.cause, func.count()).where(*_opened(period)).group_by(handoff.c.cause)
    return {Cause(cause): count for cause, count in connection.execute(query)}


def count_reopened(connection: Connection, period: Period) -> int:
    """Hand-offs opened in the period that came back."""
    again = select(handoff_event.c.handoff_id).where(handoff_event.c.happening == Happening.REOPENED.value)
    query = select(func.count()).where(*_opened(period), handoff.c.id.in_(again))
    return int(connection.execute(query).scalar_one())


def count_first_response(connection: Connection, period: Period) -> Waits:
    """As ``bot.handoffs.measures.first_response``, counted by the database."""
    return _waits(connection, period, handoff.c.answered_at, handoff.c.cause != Cause.STAFF.value)


def count_resolution(connection: Connection, period: Period) -> Waits:
    """As ``bot.handoffs.measures.resolution``, counted by the database."""
    return _waits(connection, period, handoff.c.ended_at)


def count_safety(connection: Connection, period: Period, messages: int) -> Safety:
    claimed = handoff.c.claimed_at - handoff.c.opened_at
    query = select(
        func.count(),
        func.coalesce(func.sum(case((claimed <= SAFETY_SECONDS, 1), else_=0)), 0),
        func.coalesce(func.sum(case((claimed > SAFETY_SECONDS, 1), else_=0)), 0),
    ).where(*_opened(period), handoff.c.cause == Cause.SAFETY.value)
    opened, in_time, late = connection.execute(query).one()
    return Safety(messages, opened, int(in_time), int(late))


def _waits(
    connection: Connection, period: Period, reached: ColumnElement, *conditions: ColumnElement
) -> Waits:
    here = (*_opened(period), *conditions)
    pending = case((reached.is_(None) & handoff.c.ended_at.is_(None), 1), else_=0)
    counts = select(func.count(), func.count(reached), func.coalesce(func.sum(pending), 0)).where(*here)
    opened, known, waiting_still = connection.execute(counts).one()
    if not known:
        return Waits(opened, 0, int(waiting_still), opened - int(waiting_still), None, None)
    times = select(
        (reached - handoff.c.opened_at).label("wait"),
        func.row_number().over(order_by=reached - handoff.c.opened_at).label("place"),
    ).where(*here, reached.is_not(None))
    ordered = times.subquery()
    places = ((known + 1) // 2, known // 2 + 1, (9 * known + 9) // 10)
    query = select(ordered.c.place, ordered.c.wait).where(ordered.c.place.in_(places))
    found = dict(connection.execute(query).all())
    middle = (found[places[0]] + found[places[1]]) / 2
    never = opened - known - int(waiting_still)
    return Waits(opened, known, int(waiting_still), never, middle, found[places[2]])


def _opened(period: Period) -> tuple[object, ...]:
    return (handoff.c.opened_at >= period.start, handoff.c.opened_at < period.end)
