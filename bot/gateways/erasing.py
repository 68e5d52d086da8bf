"""What the gateways keep of a conversation: erased with it, or moved when channels are linked."""

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.gateways.states import SubmissionState
from bot.gateways.submissions.queue import scrubbed
from bot.gateways.tables import news, registration, submission

S = SubmissionState
_HANDED_OVER = (S.SENT, S.WITHDRAWN, S.REFUSED)
_MAYBE = (S.SENDING, S.UNKNOWN, S.WITHDRAWING)


def erase(connection: Connection, conversation_id: str) -> int:
    """Delete registrations, news and submissions; how many rows were deleted or emptied.

    A dossier that was handed over stays as a hash of its key and a state, so that it can be told that it
    was. One that may have arrived keeps its code until that is settled, but not what it carried.
    """
    here = submission.c.conversation_id == conversation_id
    touched = 0
    for table in (registration, news):
        touched += connection.execute(
            delete(table).where(table.c.conversation_id == conversation_id)
        ).rowcount
    rows = connection.execute(select(submission.c.id, submission.c.state).where(here).with_for_update()).all()
    for row in rows:
        state = S(row.state)
        this = submission.c.id == row.id
        if state in _HANDED_OVER:
            values = scrubbed() | {"conversation_id": "", "draft_id": f"erased-{row.id}"}
            connection.execute(update(submission).where(this).values(values))
        elif state in _MAYBE:
            values = {"conversation_id": "", "draft_id": f"erased-{row.id}", "payload": None, "token": None}
            connection.execute(update(submission).where(this).values(values))
        else:
            connection.execute(delete(submission).where(this))
    return touched + len(rows)


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Everything of one conversation belongs to the other from now on; how many rows."""
    moved = 0
    for table in (registration, news, submission):
        change = update(table).where(table.c.conversation_id == from_id).values(conversation_id=to_id)
        moved += connection.execute(change).rowcount
    return moved
