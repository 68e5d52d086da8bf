"""The queues as staff see them: a page of rows at a time, the most urgent and then the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.conversations.channel import Author
from bot.conversations.said import load_said
from bot.conversations.tables import message
from bot.handoffs.record import Handoff, handoff_of
from bot.handoffs.states import OPEN, State
from bot.handoffs.tables import handoff
from bot.staff.tables import staff_account

_WAITING = handoff.c.state == State.WAITING.value
_LEFT = handoff.c.state == State.LEFT.value
_FREE = handoff.c.holder_id.is_(None)
_IS_OPEN = handoff.c.state.in_(sorted(state.value for state in OPEN))


@dataclass(frozen=True)
class Row:
    """One hand-off in a list. ``last_text``: the citizen's last message, masked, empty when it had no words;
    ``last_at``: when it came. ``holder_name``: who has it or got it forwarded, empty when nobody.
    """

    handoff: Handoff
    holder_name: str
    last_text: str
    last_at: float | None

    def waited(self, now: float) -> float:
        """Seconds the citizen waited for the first word of a person, up to now where it has not come."""
        one = self.handoff
        reached = [moment for moment in (one.answered_at, one.ended_at) if moment is not None]
        return min(reached, default=now) - one.opened_at


@dataclass(frozen=True)
class Counts:
    """How many rows each open queue has."""

    waiting: int
    mine: int
    held_by_others: int
    left: int


def waiting(connection: Connection, limit: int = 50, offset: int = 0) -> list[Row]:
    """Whom anybody may claim."""
    return _page(connection, _WAITING & _FREE, limit, offset)


def mine(connection: Connection, account_id: int, limit: int = 50, offset: int = 0) -> list[Row]:
    """Whom the account has, and who was forwarded to it."""
    return _page(connection, _mine(account_id), limit, offset)


def held_by_others(connection: Connection, account_id: int, limit: int = 50, offset: int = 0) -> list[Row]:
    """Whom others have, and who was forwarded to them."""
    return _page(connection, _of_others(account_id), limit, offset)


def left(connection: Connection, limit: int = 50, offset: int = 0) -> list[Row]:
    """Who left a contact to be called back and is not forwarded to anybody."""
    return _page(connection, _LEFT & _FREE, limit, offset)


def ended(connection: Connection, limit: int = 50, offset: int = 0) -> list[Row]:
    """The history, what ended last first."""
    # Asked for by state, SQLite would sort the whole history by the index of the state.
    query = select(handoff.c.id).where(handoff.c.ended_at.is_not(None))
    newest = query.order_by(handoff.c.changed_at.desc(), handoff.c.id.desc())
    return _rows(connection, connection.execute(newest.limit(limit).offset(offset)).scalars().all())


def counts(connection: Connection, account_id: int) -> Counts:
    """The numbers beside the names of the queues."""
    kinds = (_WAITING & _FREE, _mine(account_id), _of_others(account_id), _LEFT & _FREE)
    sums = [func.coalesce(func.sum(case((kind, 1), else_=0)), 0) for kind in kinds]
    return Counts(*(int(number) for number in connection.execute(select(*sums).where(_IS_OPEN)).one()))


def changed_since(connection: Connection, at: float) -> float:
    """When a hand-off changed last, ``at`` when none did after it: whoever shows a queue draws it anew."""
    newest = connection.execute(select(func.max(handoff.c.changed_at))).scalar_one()
    return max(at, float(newest)) if newest is not None else at


def _mine(account_id: int) -> ColumnElement:
    return and_(handoff.c.holder_id == account_id, _IS_OPEN)


def _of_others(account_id: int) -> ColumnElement:
    return and_(
        handoff.c.holder_id.is_not(None),
        handoff.c.holder_id != account_id,
        _IS_OPEN,
    )


def _page(connection: Connection, where: ColumnElement, limit: int, offset: int) -> list[Row]:
    query = select(handoff.c.id).where(where)
    ordered = query.order_by(handoff.c.urgency.desc(), handoff.c.opened_at, handoff.c.id)
    return _rows(connection, connection.execute(ordered.limit(limit).offset(offset)).scalars().all())


def _rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    query = (
        select(handoff, staff_account.c.name.label("holder_name"))
        .join(staff_account, staff_account.c.id == handoff.c.holder_id, isouter=True)
        .where(handoff.c.id.in_(ids))
    )
    found = {row.id: row for row in connection.execute(query)}
    last = _last_messages(connection, [row.conversation_id for row in found.values()])
    return [_row(found[number], last.get(found[number].conversation_id)) for number in ids if number in found]


def _last_messages(connection: Connection, conversations: Sequence[str]) -> dict[str, Any]:
    newest = (
        select(message.c.conversation_id, func.max(message.c.seq).label("seq"))
        .where(message.c.conversation_id.in_(conversations), message.c.author == Author.CITIZEN.value)
        .group_by(message.c.conversation_id)
        .subquery()
    )
    query = select(message).join(
        newest,
        and_(message.c.conversation_id == newest.c.conversation_id, message.c.seq == newest.c.seq),
    )
    return {row.conversation_id: row for row in connection.execute(query)}


def _row(row: Any, last: Any) -> Row:
    said = load_said(last.body) if last else None
    return Row(
        handoff=handoff_of(row),
        holder_name=row.holder_name or "",
        last_text=said.text if said else "",
        last_at=last.created_at if last else None,
    )
