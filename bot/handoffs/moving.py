"""A hand-off follows a citizen who joins another conversation."""

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.handoffs.desk import end
from bot.handoffs.opening import current
from bot.handoffs.states import Ending
from bot.handoffs.tables import answer_proposal, handoff, staff_message, staff_note


def move(connection: Connection, former_id: str, conversation_id: str, now: float) -> None:
    """Take the open hand-off with what is still to be said and all notes along. Where somebody of staff is
    wanted in the other conversation already, that one goes on and this one ends.
    """
    here = current(connection, former_id)
    if here is not None and current(connection, conversation_id) is not None:
        end(connection, here.id, None, Ending.CITIZEN_LEFT, "", now)
    for table in (handoff, staff_message, staff_note, answer_proposal):
        theirs = table.c.conversation_id == former_id
        connection.execute(update(table).where(theirs).values(conversation_id=conversation_id))
