"""Waiting times out of the table of hand-offs; what the figures mean is said in ``bot.handoffs.waits``."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.handoffs.states import Cause, Ending, State
from bot.handoffs.tables import handoff
from bot.handoffs.waits import Came, Lifetime, Visit, Waits, expected, waits

RECENT_SECONDS = 7 * 86_400.0
"""How far back claims count for the estimate."""
# Where staff stepped in themselves no citizen waited.
_ASKED_FOR = handoff.c.cause != Cause.STAFF.value
# These waited until the end; who left by themselves or by mistake did not want anybody any more.
_IN_VAIN = frozenset({Ending.NO_ANSWER.value, Ending.EXPIRED.value})


def first_response(connection: Connection, since: float, until: float) -> Waits:
    """From the opening to the first word of a person, of the hand-offs citizens opened in
    ``[since, until)``.
    """
    return _waits(connection, handoff.c.answered_at, since, until, _ASKED_FOR)


def resolution(connection: Connection, since: float, until: float) -> Waits:
    """From the opening to the end, of all hand-offs opened in ``[since, until)``."""
    return _waits(connection, handoff.c.ended_at, since, until)


def expected_wait(connection: Connection, opened_at: float, zone: ZoneInfo) -> float | None:
    """Seconds until a person comes, for a hand-off opened at that moment; None when nobody can know. Those
    opened before it and not claimed yet count as waiting before it.
    """
    since = opened_at - RECENT_SECONDS
    query = select(handoff.c.opened_at, handoff.c.claimed_at, handoff.c.ended_at, handoff.c.ending).where(
        _ASKED_FOR,
        # Who left a contact did not stay in the queue; how long they were in it is not kept.
        handoff.c.contact_sealed.is_(None),
        (handoff.c.changed_at >= since) | (handoff.c.state == State.WAITING.value),
    )
    visits = [_visit(row) for row in connection.execute(query)]
    return expected(visits, opened_at, since, zone)


def _visit(row: Any) -> Visit:
    if row.claimed_at is not None:
        return Visit(row.opened_at, row.claimed_at, Came.PERSON)
    if row.ended_at is None:
        return Visit(row.opened_at, None)
    return Visit(row.opened_at, row.ended_at, Came.NOBODY if row.ending in _IN_VAIN else Came.NOT_WANTED)


def _waits(
    connection: Connection,
    reached: ColumnElement,
    since: float,
    until: float,
    *conditions: ColumnElement,
) -> Waits:
    query = select(handoff.c.opened_at, reached.label("reached_at"), handoff.c.ended_at).where(
        # The first condition follows from the second; it is the one with an index.
        handoff.c.changed_at >= since,
        handoff.c.opened_at >= since,
        handoff.c.opened_at < until,
        *conditions,
    )
    return waits(Lifetime(row.opened_at, row.reached_at, row.ended_at) for row in connection.execute(query))
