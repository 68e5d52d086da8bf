"""Payments when their conversation is erased or joined to another."""

from sqlalchemy import delete, update
from sqlalchemy.engine import Connection

from bot.payments.tables import payment, payment_news


def erase(connection: Connection, conversation_id: str) -> int:
    """Cut payments off from the conversation: reference, sum, state and times stay for the accounts, its
    pages close, nobody is told of them any more. How many payments.
    """
    connection.execute(delete(payment_news).where(payment_news.c.conversation_id == conversation_id))
    values = {"conversation_id": None, "draft": None, "token": None, "url": None}
    mine = payment.c.conversation_id == conversation_id
    erased: int = connection.execute(update(payment).where(mine).values(values)).rowcount
    return erased


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Give payments and their news to the conversation that goes on. How many payments."""
    for_other = payment_news.c.conversation_id == from_id
    connection.execute(update(payment_news).where(for_other).values(conversation_id=to_id))
    theirs = payment.c.conversation_id == from_id
    moved: int = connection.execute(update(payment).where(theirs).values(conversation_id=to_id)).rowcount
    return moved
