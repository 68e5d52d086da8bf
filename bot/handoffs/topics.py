"""Topics whose answers a person approves or edits before the citizen gets them."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.clause import clause
from bot.handoffs.tables import approval_topic

_LONGEST_VALUE = 140
"""Leaves room for the kind in the 160 characters a proposal keeps."""


class Kind(str, Enum):
    """What a topic is about, the narrowest first."""

    PROCEDURE = "procedure"
    FIELD = "field"
    INTENT = "intent"


_ORDER = tuple(Kind)


@dataclass(frozen=True)
class Topic:
    """``value``: a procedure code, a field or an intent; ``comment``: why a person looks at it."""

    id: int
    kind: Kind
    value: str
    comment: str
    active: bool
    changed_by: int | None
    changed_at: float

    @property
    def name(self) -> str:
        """How a proposal refers to it."""
        return f"{self.kind.value}:{self.value}"


def set_topic(
    connection: Connection,
    kind: Kind,
    value: str,
    comment: str,
    account_id: int,
    now: float,
    active: bool = True,
) -> None:
    """Add a topic or change the one with that kind and value. ``ValueError`` without a value or comment."""
    name, why = value.strip(), comment.strip()
    if not 0 < len(name) <= _LONGEST_VALUE or not why:
        raise ValueError("topic")
    values = {
        "kind": kind.value,
        "value": name,
        "comment": why,
        "active": active,
        "changed_by": account_id,
        "changed_at": now,
    }
    here = (approval_topic.c.kind == kind.value) & (approval_topic.c.value == name)
    if not connection.execute(update(approval_topic).where(here).values(values)).rowcount:
        connection.execute(insert(approval_topic).values(values))


_ALL = select(approval_topic).order_by(approval_topic.c.kind, approval_topic.c.value)
_ACTIVE = clause(_ALL.where(approval_topic.c.active.is_(True)))


def topics(connection: Connection, only_active: bool = True) -> list[Topic]:
    """All topics by kind and value; the inactive ones too where wanted."""
    rows = _ACTIVE.rows(connection) if only_active else connection.execute(_ALL)
    return [_topic(row) for row in rows]


def wants_approval(connection: Connection, intent: str, procedure_code: str, field: str) -> Topic | None:
    """The narrowest active topic an answer falls under; None when it may be said at once."""
    wanted = {Kind.PROCEDURE: procedure_code, Kind.FIELD: field, Kind.INTENT: intent}
    query = select(approval_topic).where(
        approval_topic.c.active.is_(True),
        approval_topic.c.value.in_([value for value in wanted.values() if value]),
    )
    found = [_topic(row) for row in connection.execute(query)]
    fitting = [topic for topic in found if wanted[topic.kind] == topic.value]
    return min(fitting, key=lambda topic: _ORDER.index(topic.kind), default=None)


def _topic(row: Any) -> Topic:
    return Topic(row.id, Kind(row.kind), row.value, row.comment, row.active, row.changed_by, row.changed_at)
