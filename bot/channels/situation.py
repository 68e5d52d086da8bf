"""What decides who answers a citizen, read in one statement with the message that is taken up."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoResultFound

from bot.clause import clause
from bot.control.stopping import Cause
from bot.control.tables import stoppage
from bot.conversations.people import Person, person_of
from bot.conversations.tables import identity
from bot.handoffs.states import State
from bot.handoffs.tables import handoff


@dataclass(frozen=True)
class Situation:
    """``person``: who wrote. ``halted``: staff have switched their channel off; ``held``: a member of staff
    has the conversation.
    """

    person: Person
    halted: bool = False
    held: bool = False


_QUERY = clause(
    select(identity, stoppage.c.channel.label("halted"), handoff.c.id.label("held"))
    .outerjoin(
        stoppage, and_(stoppage.c.channel == identity.c.channel, stoppage.c.cause == Cause.ORDERED.value)
    )
    .outerjoin(
        handoff,
        and_(handoff.c.conversation_id == identity.c.conversation_id, handoff.c.state == State.HELD.value),
    )
    .where(identity.c.id == bindparam("identity_id"))
)


def situation_of(connection: Connection, identity_id: int) -> Situation:
    """As it is now; raises ``NoResultFound`` once the address was erased."""
    row = _QUERY.row(connection, identity_id=identity_id)
    if row is None:
        raise NoResultFound("no such address")
    return Situation(person_of(row), row.halted is not None, row.held is not None)
