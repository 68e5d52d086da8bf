"""The one place where a payment changes its state, for confirmations and queries alike."""

import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.payments.metrics import ALERTS, STATES
from bot.payments.news import TOLD, add_news
from bot.payments.states import OPEN, SOURCES, PaymentState, Way
from bot.payments.tables import payment

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What the platform says. ``state``: paid, failed or pending; ``amount`` in đồng, None if unusable."""

    state: PaymentState
    amount: int | None = None
    transaction: str = ""
    bank: str = ""


class Settled(str, Enum):
    """What became of it."""

    UNKNOWN = "unknown"
    """There is no such payment."""
    APPLIED = "applied"
    REPEATED = "repeated"
    """Nothing new: told before, or later word is known already."""
    MISMATCH = "mismatch"
    """Paid, but not the sum that was due."""
    SECOND = "second"
    """Paid before, with another transaction or sum: staff have to pay one back."""


def settle(connection: Connection, reference: str, told: Told, now: float, tell: bool = True) -> Settled:
    """Apply what the platform tells; two that tell the same settle it once. ``tell``: see ``move``."""
    # Whoever comes second waits here on PostgreSQL; SQLite refuses its write, or begins it after the first.
    platform = (payment.c.reference == reference) & (payment.c.way == Way.PLATFORM.value)
    row = connection.execute(select(payment).where(platform).with_for_update()).one_or_none()
    if row is None:
        return Settled.UNKNOWN
    if told.state is not PaymentState.PAID:
        values = _values(told) if told.transaction else None
        moved = move(connection, reference, told.state, now, values, tell)
        return Settled.APPLIED if moved else Settled.REPEATED
    right = told.amount == row.amount
    state = PaymentState.PAID if right else PaymentState.MISMATCH
    if move(connection, reference, state, now, _values(told), tell):
        if not right:
            _alert("mismatch", reference)
        return Settled.APPLIED if right else Settled.MISMATCH
    row = connection.execute(select(payment).where(platform)).one()
    return Settled.MISMATCH if row.state == PaymentState.MISMATCH.value else _settle_again(row, told)


def move(
    connection: Connection,
    reference: str,
    state: PaymentState,
    now: float,
    values: dict[str, Any] | None = None,
    tell: bool = True,
) -> bool:
    """Take a payment one step forward; False when it is not in a state it can come from.

    ``tell``: whether the citizen has to hear of it later.
    """
    here = (payment.c.reference == reference) & payment.c.state.in_([s.value for s in SOURCES[state]])
    changed = {**(values or {}), "state": state.value}
    if state not in OPEN:
        changed |= {"settled_at": now, "query_at": None}
    if connection.execute(update(payment).where(here).values(changed)).rowcount != 1:
        return False
    row = connection.execute(select(payment).where(payment.c.reference == reference)).one()
    if tell and state in TOLD and row.conversation_id and row.way == Way.PLATFORM.value:
        add_news(connection, reference, state, row.conversation_id, now)
    STATES.labels(state.value).inc()
    return True


def _settle_again(row: Any, told: Told) -> Settled:
    """A payment that is paid stays as it is; another payment for it is a matter for staff."""
    other = bool(told.transaction and row.transaction_id and told.transaction != row.transaction_id)
    if told.amount == row.amount and not other:
        return Settled.REPEATED
    _alert("second", row.reference)
    return Settled.SECOND


def _values(told: Told) -> dict[str, Any]:
    return {
        "transaction_id": told.transaction or None,
        "bank": told.bank or None,
        "told_amount": told.amount,
    }


def _alert(reason: str, reference: str) -> None:
    ALERTS.labels(reason).inc()
    logger.error("payment %s: %s; staff have to compare it with the account", reference, reason)
