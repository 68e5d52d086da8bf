"""Where a citizen can be written to now, or why not."""

from enum import Enum

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.channels.saying import Adapters
from bot.channels.zalo import windows
from bot.channels.zalo.address import is_anonymous
from bot.conversations import people
from bot.conversations.channel import Channel, Reach
from bot.conversations.people import Person
from bot.conversations.tables import identity


class Unsaid(str, Enum):
    """Why something of staff is not said; the console shows it."""

    NOT_HELD = "not_held"
    """The hand-off ended or somebody else has it by now."""
    BLOCKED = "blocked"
    WINDOW_CLOSED = "window_closed"
    """Zalo lets us write only for some days after the citizen's last message."""
    CHANNEL_OFF = "channel_off"
    GONE = "gone"
    """Nobody is in the conversation any more."""
    FAILED = "failed"


def where_to_speak(
    connection: Connection, conversation_id: str, adapters: Adapters, now: float
) -> Person | Unsaid:
    """Of several linked channels the one last heard from that can be reached."""
    query = select(identity.c.id).where(identity.c.conversation_id == conversation_id)
    latest = connection.execute(query.order_by(identity.c.heard_at.desc(), identity.c.id)).scalars().all()
    refusals = []
    for person in (people.person(connection, id) for id in latest):
        why = _why_not(person, adapters, now)
        if why is None:
            return person
        refusals.append(why)
    return refusals[0] if refusals else Unsaid.GONE


def _why_not(person: Person, adapters: Adapters, now: float) -> Unsaid | None:
    if person.channel is Channel.WEB:
        return None
    if person.channel not in adapters:
        return Unsaid.CHANNEL_OFF
    if person.reach is Reach.BLOCKED:
        return Unsaid.BLOCKED
    if person.reach is Reach.WINDOW_CLOSED:
        return Unsaid.WINDOW_CLOSED
    if person.channel is not Channel.ZALO:
        return None
    anonymous = is_anonymous(person.external_id)
    way = windows.way(windows.Purpose.REPLY, person.heard_at, now, anonymous)
    return Unsaid.WINDOW_CLOSED if way is windows.Way.NONE else None
