"""Hours of staff as last set in the console, else as the shipped file says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.control.tables import office_hours
from bot.handoffs.hours import Hours, hours_from
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor

Described = Mapping[str, Any]
"""Hours as ``data/console/hours.yaml`` has them; in the database days are ISO dates as text."""


@dataclass(frozen=True)
class Change:
    """Who set hours and when; ``described`` is None where the shipped ones came back."""

    id: int
    described: Described | None
    comment: str
    changed_by: int | None
    changed_at: float


def current(connection: Connection, shipped: Described, zone: ZoneInfo) -> Hours:
    """The hours that hold now."""
    return hours_from(described_now(connection, shipped), zone)


def described_now(connection: Connection, shipped: Described) -> Described:
    """The same as they are written down."""
    newest = next(iter(changes(connection, 1)), None)
    return _dated(newest.described) if newest and newest.described else shipped


def change(
    connection: Connection, actor: Actor, described: Described, comment: str, zone: ZoneInfo, now: float
) -> None:
    """Set other hours. Raises ``ValueError`` with the place that is wrong, ``comment`` without one."""
    hours_from(described, zone)
    _write(connection, actor, _plain(described), comment, now)


def restore(connection: Connection, actor: Actor, comment: str, now: float) -> None:
    """Let the shipped hours hold again; raises ``ValueError`` without a comment."""
    _write(connection, actor, None, comment, now)


def changes(connection: Connection, limit: int = 20) -> list[Change]:
    """The newest first."""
    rows = connection.execute(select(office_hours).order_by(office_hours.c.id.desc()).limit(limit)).all()
    return [Change(**row._mapping) for row in rows]


def _write(
    connection: Connection, actor: Actor, described: Described | None, comment: str, now: float
) -> None:
    if not comment.strip():
        raise ValueError("comment")
    values = {"comment": comment.strip(), "changed_by": actor.account_id, "changed_at": now}
    connection.execute(insert(office_hours).values(described=described, **values))
    detail = {"shipped": described is None}
    audit.record(connection, actor, Action.HOURS_CHANGED, "hours", now, comment, detail)


def _plain(described: Described) -> dict[str, Any]:
    special = [{**row, "date": row["date"].isoformat()} for row in described.get("special") or ()]
    return {**described, "special": special}


def _dated(described: Described) -> dict[str, Any]:
    special = [{**row, "date": date.fromisoformat(row["date"])} for row in described["special"]]
    return {**described, "special": special}
