"""Erases what reviews keep of a conversation; the caller holds the conversation."""

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.reviews.tables import unmask_grant


def erase_reviews(connection: Connection, conversation_id: str) -> dict[str, int]:
    """Delete the grants; the number of rows by table. Labels and places in audits go with their turns, and
    who saw what stays in the audit log, without words of citizens.
    """
    rows = delete(unmask_grant).where(unmask_grant.c.conversation_id == conversation_id)
    return {unmask_grant.name: connection.execute(rows).rowcount}
