"""What decides who answers a citizen, read in one statement with the message that is taken up."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.sql import Select

from bot.channels.tables import inbox
from bot.control.stopping import Cause
from bot.control.tables import stoppage
from bot.conversations.channel import Channel, Reach
from bot.conversations.people import Person
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


MESSAGES: Select = (
    select(
        inbox,
        identity.c.channel.label("their_channel"),
        identity.c.external_id,
        identity.c.conversation_id.label("their_conversation_id"),
        identity.c.reach,
        identity.c.heard_at,
        identity.c.greeted_at,
        stoppage.c.channel.label("halted"),
        handoff.c.id.label("held"),
    )
    .select_from(inbox)
    .join(identity, identity.c.id == inbox.c.identity_id)
    .outerjoin(
        stoppage, and_(stoppage.c.channel == identity.c.channel, stoppage.c.cause == Cause.ORDERED.value)
    )
    .outerjoin(
        handoff,
        and_(handoff.c.conversation_id == identity.c.conversation_id, handoff.c.state == State.HELD.value),
    )
)
"""Rows of the inbox, each with its situation."""


def situation_of(row: Any) -> Situation:
    """As it was when the row of ``MESSAGES`` was read."""
    person = Person(
        id=row.identity_id,
        channel=Channel(row.their_channel),
        external_id=row.external_id,
        conversation_id=row.their_conversation_id,
        reach=Reach(row.reach),
        heard_at=row.heard_at,
        greeted_at=row.greeted_at,
    )
    return Situation(person, row.halted is not None, row.held is not None)
