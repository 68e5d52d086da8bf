"""What in the records ends soon or has ended, and which changes of records begin."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.amendments.states import AmendmentState
from bot.catalogue.tables import fee, level_statement, procedure, procedure_version
from bot.catalogue.tables_amendments import amendment
from bot.steering.freshness import AHEAD_DAYS
from bot.upkeep.demand import demand

# Most sources have no field for it and write it beside the amount.
_RELIEVED = re.compile("giảm|miễn", re.IGNORECASE)


class Term(str, Enum):
    """What has a day."""

    FEE = "fee"
    RELIEF = "relief"
    """A fee that is lower or waived for a time or for some."""
    LEVEL = "level"
    PROCEDURE = "procedure"
    AMENDMENT = "amendment"
    """A change of a record; its day is its first one."""


@dataclass(frozen=True)
class Ending:
    """``day``: the last one, of a change the first; ``what``: the words of the record; ``over``: the day has
    passed; ``asked``: turns about the procedure in the last 30 days.
    """

    term: Term
    code: str
    label: str
    day: date
    what: str
    over: bool
    asked: int


def endings(connection: Connection, today: date, now: float, limit: int = 500) -> list[Ending]:
    """What has ended and what ends in the next ``AHEAD_DAYS`` days, by day, the most asked for first."""
    last = today + timedelta(days=AHEAD_DAYS)
    found = [
        Ending(
            term=Term.RELIEF if term is Term.FEE and _RELIEVED.search(row.what) else term,
            code=row.code,
            label=row.short_name or row.name,
            day=day,
            what=row.what,
            over=day < today,
            asked=int(row.asked),
        )
        for term, query in _queries(last, now)
        for row in connection.execute(query.limit(limit))
        for day in (date.fromisoformat(str(row.day)),)
    ]
    return sorted(found, key=lambda one: (one.day, -one.asked, one.code, one.term.value, one.what))[:limit]


def _queries(last: date, now: float) -> list[tuple[Term, Any]]:
    version, asked = procedure_version, demand(procedure.c.code, now).label("asked")
    named = (procedure.c.code, version.c.name, version.c.short_name, asked)
    of_version = version.c.procedure_id == procedure.c.id
    newest = version.c.superseded_at.is_(None)
    words = func.trim(fee.c.label + " " + fee.c.note + " " + fee.c.relief).label("what")
    fees = (
        select(*named, fee.c.valid_to.label("day"), words)
        .select_from(procedure.join(version, of_version).join(fee, fee.c.version_id == version.c.id))
        .where(newest, fee.c.valid_to <= last)
        .order_by(fee.c.valid_to)
    )
    # One statement has a row for each agency.
    levels = (
        select(*named, level_statement.c.valid_to.label("day"), level_statement.c.source.label("what"))
        .select_from(
            procedure.join(version, of_version).join(
                level_statement, level_statement.c.procedure_id == procedure.c.id
            )
        )
        .where(newest, level_statement.c.superseded_at.is_(None), level_statement.c.valid_to <= last)
        .distinct()
        .order_by(level_statement.c.valid_to)
    )
    whole = (
        select(*named, version.c.valid_to.label("day"), version.c.decision.label("what"))
        .select_from(procedure.join(version, of_version))
        .where(newest, version.c.valid_to <= last)
        .order_by(version.c.valid_to)
    )
    waiting = (AmendmentState.PROPOSED.value, AmendmentState.APPROVED.value)
    changes = (
        select(*named, amendment.c.valid_from.label("day"), amendment.c.source_title.label("what"))
        .select_from(
            procedure.join(version, of_version).join(amendment, amendment.c.code == procedure.c.code)
        )
        .where(newest, amendment.c.state.in_(waiting), amendment.c.valid_from <= last.isoformat())
        .order_by(amendment.c.valid_from)
    )
    return [
        (Term.FEE, fees),
        (Term.LEVEL, levels),
        (Term.PROCEDURE, whole),
        (Term.AMENDMENT, changes),
    ]
