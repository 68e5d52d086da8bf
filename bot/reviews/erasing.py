"""Erases what reviews keep of a conversation; the caller holds the conversation."""

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.reviews import lesson_erasing
from bot.reviews.tables import unmask_grant
from bot.reviews.tables_lessons import lesson


def erase_reviews(connection: Connection, conversation_id: str, now: float) -> dict[str, int]:
    """Delete the grants, and the citizen's words from lessons; the number of rows by table. Labels and places
    in audits go with their turns, and who saw what stays in the audit log, without words of citizens.
    """
    lessons = lesson_erasing.erase(connection, conversation_id, now)
    rows = delete(unmask_grant).where(unmask_grant.c.conversation_id == conversation_id)
    return {unmask_grant.name: connection.execute(rows).rowcount, lesson.name: lessons}
