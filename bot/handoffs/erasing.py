"""Erases what hand-offs keep of a conversation; the caller holds the conversation."""

from sqlalchemy import Table, delete, select
from sqlalchemy.engine import Connection

from bot.handoffs.tables import answer_proposal, handoff, handoff_event, staff_message, staff_note


def erase_handoffs(connection: Connection, conversation_id: str) -> dict[str, int]:
    """Delete hand-offs with their history, what staff said and noted, and answers that wait.

    Returns the number of rows by table. Who did what stays in the audit log, without words of citizens.
    """
    of_conversation = select(handoff.c.id).where(handoff.c.conversation_id == conversation_id)
    events = delete(handoff_event).where(handoff_event.c.handoff_id.in_(of_conversation))
    gone: dict[str, int] = {handoff_event.name: connection.execute(events).rowcount}
    tables: tuple[Table, ...] = (staff_message, answer_proposal, staff_note, handoff)
    for table in tables:
        rows = delete(table).where(table.c.conversation_id == conversation_id)
        gone[table.name] = connection.execute(rows).rowcount
    return gone
