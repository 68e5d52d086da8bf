"""Payments that ended and that citizens have not heard of yet."""

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.payments.bill import News
from bot.payments.states import PaymentState
from bot.payments.tables import payment, payment_news

TOLD = frozenset({PaymentState.PAID, PaymentState.MISMATCH, PaymentState.FAILED, PaymentState.EXPIRED})
_AT_ONCE = 100


def add_news(
    connection: Connection, reference: str, state: PaymentState, conversation_id: str, now: float
) -> None:
    """In the transaction that changes the state."""
    values = {
        "reference": reference,
        "state": state.value,
        "conversation_id": conversation_id,
        "created_at": now,
    }
    insert_once(connection, payment_news, values)


def take_news(connection: Connection, now: float) -> list[News]:
    """News nobody has taken, oldest first, each to one caller only: tell them in the same transaction. Of
    a payment of which there is newer news, only the newest is told. At most 100.
    """
    untold = (
        select(payment_news, payment.c.dossier, payment.c.amount, payment.c.state.label("present"))
        .join(payment, payment.c.reference == payment_news.c.reference)
        .where(payment_news.c.taken_at.is_(None))
        .order_by(payment_news.c.id)
        .limit(_AT_ONCE)
    )
    return [
        News(
            row.conversation_id,
            row.reference,
            row.dossier,
            PaymentState(row.state),
            row.amount,
            row.created_at,
        )
        for row in connection.execute(untold).all()
        if _take(connection, row.id, now) and row.state == row.present
    ]


def _take(connection: Connection, id: int, now: float) -> bool:
    free = (payment_news.c.id == id) & payment_news.c.taken_at.is_(None)
    taken: int = connection.execute(update(payment_news).where(free).values(taken_at=now)).rowcount
    return taken == 1
