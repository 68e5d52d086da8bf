"""What the editors of the catalogue are asked for by those who read what citizens ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue.tables import procedure
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.text import clean, mask
from bot.upkeep.states import Need, OrderState
from bot.upkeep.tables import editor_order

TITLE_LENGTH = 200
QUESTION_LENGTH = 500
MOST_QUESTIONS = 10
COMMENT_LENGTH = 1_000


class OrderFault(str, Enum):
    """Why an order cannot be made or settled."""

    NO_TITLE = "no_title"
    LONG_TITLE = "long_title"
    UNKNOWN_PROCEDURE = "unknown_procedure"
    NO_PROCEDURE = "no_procedure"
    """Another name, a missing fact and a stale one are always those of a procedure."""
    MANY_QUESTIONS = "many_questions"
    NO_COMMENT = "no_comment"


class OrderError(ValueError):
    """``fault``: what is wrong with it."""

    def __init__(self, fault: OrderFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Order:
    """``code``: the procedure it is about, if any; ``questions``: examples, masked; ``asked`` and
    ``citizens``: how often and by how many it was asked when this was written.
    """

    id: int
    need: Need
    state: OrderState
    title: str
    code: str | None
    questions: tuple[str, ...]
    asked: int
    citizens: int
    made_by: int
    made_at: float
    settled_by: int | None
    settled_at: float | None
    comment: str | None


_ABOUT_ONE = frozenset({Need.MISSING_FACT, Need.OTHER_NAME, Need.STALE})


def make(
    connection: Connection,
    actor: Actor,
    need: Need,
    title: str,
    code: str | None,
    questions: Sequence[str],
    asked: int,
    citizens: int,
    now: float,
) -> int:
    """Ask the editors for something; the id of the order. Identifiers in all texts are masked, and of equal
    questions one is kept. Raises ``OrderError``.
    """
    title, code = _plain(title), (code or "").strip() or None
    examples = list(dict.fromkeys(plain for text in questions if (plain := _plain(text)[:QUESTION_LENGTH])))
    if fault := _fault(connection, need, title, code, examples):
        raise OrderError(fault)
    values = {
        "need": need.value,
        "state": OrderState.OPEN.value,
        "title": title,
        "code": code,
        "questions": examples,
        "asked": asked,
        "citizens": citizens,
        "made_by": actor.account_id,
        "made_at": now,
    }
    made = int(connection.execute(insert(editor_order).values(values)).inserted_primary_key[0])
    detail = {"need": need.value, "code": code, "asked": asked}
    audit.record(connection, actor, Action.ORDER_MADE, f"order:{made}", now, detail=detail)
    return made


def settle(connection: Connection, actor: Actor, order_id: int, done: bool, comment: str, now: float) -> bool:
    """End an order, done or declined, with what was done or why not; False when it is not open.

    Whoever calls makes sure that the actor may edit the catalogue. Raises ``OrderError`` without a comment.
    """
    comment = mask(clean(comment)).strip()[:COMMENT_LENGTH]
    if not comment:
        raise OrderError(OrderFault.NO_COMMENT)
    state = OrderState.DONE if done else OrderState.DECLINED
    here = (editor_order.c.id == order_id) & (editor_order.c.state == OrderState.OPEN.value)
    values = {
        "state": state.value,
        "settled_by": actor.account_id,
        "settled_at": now,
        "comment": comment,
    }
    settled: int = connection.execute(update(editor_order).where(here).values(values)).rowcount
    if settled != 1:
        return False
    detail = {"done": done}
    audit.record(connection, actor, Action.ORDER_SETTLED, f"order:{order_id}", now, comment, detail)
    return True


def open_orders(connection: Connection) -> list[Order]:
    """Those that nobody has settled, the most asked first."""
    query = select(editor_order).where(editor_order.c.state == OrderState.OPEN.value)
    rows = connection.execute(query.order_by(editor_order.c.asked.desc(), editor_order.c.id))
    return [_order(row) for row in rows]


def settled_orders(connection: Connection, limit: int = 50, before_id: int | None = None) -> list[Order]:
    """Those that are settled, the newest first; those made before ``before_id`` for the next page."""
    query = select(editor_order).where(editor_order.c.state != OrderState.OPEN.value)
    if before_id is not None:
        query = query.where(editor_order.c.id < before_id)
    rows = connection.execute(query.order_by(editor_order.c.id.desc()).limit(limit))
    return [_order(row) for row in rows]


def find(connection: Connection, order_id: int) -> Order | None:
    """One order."""
    row = connection.execute(select(editor_order).where(editor_order.c.id == order_id)).one_or_none()
    return _order(row) if row else None


def _fault(
    connection: Connection, need: Need, title: str, code: str | None, questions: Sequence[str]
) -> OrderFault | None:
    if not title:
        return OrderFault.NO_TITLE
    if len(title) > TITLE_LENGTH:
        return OrderFault.LONG_TITLE
    if len(questions) > MOST_QUESTIONS:
        return OrderFault.MANY_QUESTIONS
    if code is None:
        return OrderFault.NO_PROCEDURE if need in _ABOUT_ONE else None
    known = select(func.count()).select_from(procedure).where(procedure.c.code == code)
    return None if connection.execute(known).scalar() else OrderFault.UNKNOWN_PROCEDURE


def _plain(text: str) -> str:
    """One line, masked before anything is cut: half a number would not be recognised."""
    return " ".join(mask(clean(text)).split())


def _order(row: Any) -> Order:
    fields = {
        **row._mapping,
        "need": Need(row.need),
        "state": OrderState(row.state),
        "questions": tuple(row.questions),
    }
    return Order(**fields)
