"""The history of a hand-off: one row for each deed, written in the transaction of the deed."""

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.handoffs.record import Event
from bot.handoffs.states import Happening
from bot.handoffs.tables import handoff_event
from bot.text.masking import mask


def note_event(
    connection: Connection,
    handoff_id: int,
    happening: Happening,
    now: float,
    account_id: int | None = None,
    to_account_id: int | None = None,
    comment: str = "",
) -> None:
    """Add a deed; identifiers in the comment are masked."""
    values = {
        "handoff_id": handoff_id,
        "happening": happening.value,
        "account_id": account_id,
        "to_account_id": to_account_id,
        "comment": mask(comment) or None,
        "at": now,
    }
    connection.execute(insert(handoff_event).values(values))


def history(connection: Connection, handoff_id: int) -> list[Event]:
    """What happened to a hand-off, in order."""
    query = select(handoff_event).where(handoff_event.c.handoff_id == handoff_id).order_by(handoff_event.c.id)
    return [
        Event(Happening(row.happening), row.account_id, row.to_account_id, row.comment, row.at)
        for row in connection.execute(query)
    ]
