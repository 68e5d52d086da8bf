"""A change of a record as it is stored."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.amendments.states import AmendmentState
from bot.catalogue.amending import Patch
from bot.catalogue.tables_amendments import amendment


@dataclass(frozen=True)
class Basis:
    """Why a record is changed and what that stands on. Days are ISO days where the citizens are.

    ``valid_from``: the first day it holds; None where the record was wrong all along.
    """

    reason: str
    source_title: str
    source_url: str | None = None
    source_day: str | None = None
    valid_from: str | None = None


@dataclass(frozen=True)
class Amendment:
    """A change of the record ``code``. ``base``: the patched fields when it was proposed; ``revision``: of
    the first catalogue that has it.
    """

    id: int
    code: str
    state: AmendmentState
    patch: Patch
    base: dict[str, Any]
    reason: str
    source_title: str
    source_url: str | None
    source_day: str | None
    valid_from: str | None
    turn_id: int | None
    proposed_by: int
    proposed_at: float
    decided_by: int | None
    decided_at: float | None
    comment: str | None
    applied_at: float | None
    revision: int | None
    ended_at: float | None


def find(connection: Connection, amendment_id: int) -> Amendment | None:
    """One change."""
    row = connection.execute(select(amendment).where(amendment.c.id == amendment_id)).one_or_none()
    return _amendment(row) if row else None


def waiting(connection: Connection) -> list[Amendment]:
    """What waits for a decision, the oldest first."""
    return in_state(connection, AmendmentState.PROPOSED)


def in_state(connection: Connection, *states: AmendmentState) -> list[Amendment]:
    """All changes in one of ``states``, the oldest first."""
    here = amendment.c.state.in_([state.value for state in states])
    rows = connection.execute(select(amendment).where(here).order_by(amendment.c.id))
    return [_amendment(row) for row in rows]


def of_code(connection: Connection, code: str) -> list[Amendment]:
    """All changes of one record, whatever became of them, the newest first."""
    query = select(amendment).where(amendment.c.code == code).order_by(amendment.c.id.desc())
    return [_amendment(row) for row in connection.execute(query)]


def _amendment(row: Any) -> Amendment:
    return Amendment(**{**row._mapping, "state": AmendmentState(row.state)})
