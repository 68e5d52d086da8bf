"""How often citizens ask for a procedure."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.sql import ColumnElement

from bot.conversations.tables import turn

DEMAND_DAYS = 30
DAY = 86_400.0


def demand(code: ColumnElement, now: float) -> Any:
    """A column: how many turns of the last ``DEMAND_DAYS`` days were about the procedure ``code``.

    One search of the index (procedure_code, at) a row, whatever the number of turns.
    """
    since = now - DEMAND_DAYS * DAY
    query = select(func.count()).where(turn.c.procedure_code == code, turn.c.at >= since)
    return query.scalar_subquery()
