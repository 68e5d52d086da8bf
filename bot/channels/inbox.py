"""Messages of citizens from the moment they are safe with us to the moment they are answered."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection

from bot.channels.buttons import resolve
from bot.channels.concealing import conceal_nothing
from bot.channels.hub import Accepted
from bot.channels.message import Incoming, Kind
from bot.channels.situation import MESSAGES, Situation, situation_of
from bot.channels.states import InboxState
from bot.channels.tables import inbox
from bot.clause import clause
from bot.conversations.channel import Author
from bot.conversations.log import Entry, append, number_of
from bot.conversations.people import meet
from bot.conversations.said import Said
from bot.conversations.tables import conversation
from bot.database import insert_once

Conceal = Callable[[Connection, str, Incoming, float], Incoming]
_SPOKEN = {Kind.TEXT, Kind.BUTTON, Kind.FILES}
_WAITING = inbox.c.state == InboxState.WAITING.value
# One citizen may write several messages before the first is answered.
_LOOKED_AT = 4

# What every message needs is built once: building a statement takes longer than carrying it out.
_DUE = clause(
    select(inbox.c.conversation_id)
    .join(conversation, conversation.c.id == inbox.c.conversation_id)
    .where(_WAITING, inbox.c.due_at <= bindparam("b_now"), conversation.c.lease_until <= bindparam("b_now"))
    .order_by(inbox.c.due_at)
    .limit(bindparam("b_most"))
)
_NEXT_DUE = clause(
    select(func.min(inbox.c.due_at))
    .join(conversation, conversation.c.id == inbox.c.conversation_id)
    .where(_WAITING, conversation.c.lease_owner.is_(None))
)
_FIRST = clause(
    MESSAGES.where(inbox.c.conversation_id == bindparam("b_conversation"), _WAITING)
    .order_by(inbox.c.sent_at, inbox.c.id)
    .limit(1)
)
_TRIED = clause(update(inbox).where(inbox.c.id == bindparam("b_id")).values(attempts=bindparam("b_attempt")))
_FINISHED = clause(
    update(inbox)
    .where(inbox.c.id == bindparam("b_id"), _WAITING, inbox.c.attempts == bindparam("b_attempt"))
    .values(state=bindparam("b_state"), outcome=bindparam("b_outcome"), finished_at=bindparam("b_now"))
)
_TAKEN = clause(
    update(conversation)
    .where(conversation.c.id == bindparam("b_conversation"), conversation.c.lease_until <= bindparam("b_now"))
    .values(lease_owner=bindparam("b_owner"), lease_until=bindparam("b_until"))
)
_RELEASED = clause(
    update(conversation)
    .where(
        conversation.c.id == bindparam("b_conversation"), conversation.c.lease_owner == bindparam("b_owner")
    )
    .values(lease_owner=None, lease_until=0.0)
)


@dataclass(frozen=True)
class Waiting:
    """A message whose turn it is. ``attempt`` tells this try from any other; ``situation``: as it was when
    the message was taken up.
    """

    id: int
    conversation_id: str
    identity_id: int
    incoming: Incoming
    received_at: float
    attempt: int
    situation: Situation


def accept(
    connection: Connection,
    incoming: Incoming,
    now: float,
    reorder: float,
    conceal: Conceal = conceal_nothing,
) -> Accepted:
    """Store a message once and write it into its conversation's log. ``reorder``: seconds to wait for a
    message sent before it; ``conceal``: takes out what must not be stored.
    """
    person = meet(connection, incoming.channel, incoming.external_id, now)
    # Whatever concealing does: an unmasked contact is never stored.
    incoming = replace(conceal(connection, person.conversation_id, incoming, now), contact="")
    values = {
        "channel": incoming.channel.value,
        "message_id": incoming.message_id,
        "conversation_id": person.conversation_id,
        "identity_id": person.id,
        "body": msgspec.to_builtins(incoming),
        "sent_at": incoming.sent_at,
        "received_at": now,
        "due_at": now + reorder,
        "state": InboxState.WAITING.value,
        "attempts": 0,
    }
    if not insert_once(connection, inbox, values):
        return _as_before(connection, incoming)
    seq = 0
    if incoming.kind in _SPOKEN:
        said = Said(text=_shown(connection, person.conversation_id, incoming, now), files=incoming.files)
        entry = Entry(0, Author.CITIZEN, incoming.channel, said, now, incoming.message_id)
        seq = append(connection, person.conversation_id, entry)
    return Accepted(True, person.conversation_id, seq)


def claim(connection: Connection, owner: str, now: float, lease: float, limit: int) -> list[str]:
    """Conversations with a message due, now ours alone for ``lease`` seconds; longest waiting first. There
    may be more, also where fewer than ``limit`` come back.
    """
    # Grouped here: in the database it would mean reading all that waits, each time.
    waiting = _DUE.rows(connection, b_now=now, b_most=limit * _LOOKED_AT)
    found = list(dict.fromkeys(row.conversation_id for row in waiting))
    return [one for one in found[:limit] if _take(connection, one, owner, now, lease)]


def next_due(connection: Connection) -> float | None:
    """When a message nobody works on is due; None when none waits."""
    ((found,),) = _NEXT_DUE.rows(connection)
    return None if found is None else float(found)


def begin(
    connection: Connection,
    conversation_id: str,
    owner: str,
    now: float,
    lease: float,
    claimed: bool = False,
) -> Waiting | None:
    """The next message of a conversation we hold, in the order the citizen sent them. Renews the lease,
    unless it was just ``claimed`` in the same transaction.

    None when there is none due: the conversation is let go. None also when it is no longer ours: then it
    is left alone, or workers whose lease ran out would take it from each other for ever.
    """
    # Let go first: that holds the row against whoever stores a message now, and mostly nothing more is due.
    if not claimed and not release(connection, conversation_id, owner):
        return None
    row = _FIRST.row(connection, b_conversation=conversation_id)
    if row is None or row.due_at > now:
        if row is not None:
            # The first in line waits for one sent before it, or for its next try; those behind it with it.
            here = (inbox.c.conversation_id == conversation_id) & _WAITING
            sooner = update(inbox).where(here, inbox.c.due_at < row.due_at)
            connection.execute(sooner.values(due_at=row.due_at))
        if claimed:
            release(connection, conversation_id, owner)
        return None
    incoming, attempt = msgspec.convert(row.body, Incoming), row.attempts + 1
    if not claimed:
        _take(connection, conversation_id, owner, now, lease)
    _TRIED.change(connection, b_id=row.id, b_attempt=attempt)
    taken = (row.id, conversation_id, row.identity_id, incoming, row.received_at, attempt)
    return Waiting(*taken, situation_of(row))


def finish(connection: Connection, message: Waiting, state: InboxState, outcome: str, now: float) -> bool:
    """End a message; False when another worker has taken it over meanwhile: then say nothing."""
    key = {"b_id": message.id, "b_attempt": message.attempt}
    values = {"b_state": state.value, "b_outcome": outcome or None, "b_now": now}
    return _FINISHED.change(connection, **key, **values) == 1


def note_outcome(connection: Connection, message_id: int, outcome: str) -> None:
    """The outcome of a message whose replies became known only in its transaction."""
    connection.execute(update(inbox).where(inbox.c.id == message_id).values(outcome=outcome or None))


def postpone(connection: Connection, message: Waiting, due_at: float, counts: bool = True) -> None:
    """Try again at ``due_at``. A try that ``counts`` is one of the few a message has."""
    ours = (inbox.c.id == message.id) & _WAITING & (inbox.c.attempts == message.attempt)
    attempts = message.attempt if counts else message.attempt - 1
    connection.execute(update(inbox).where(ours).values(due_at=due_at, attempts=attempts))


def release(connection: Connection, conversation_id: str, owner: str) -> bool:
    """Let the conversation go; False when it was not ours."""
    return _RELEASED.change(connection, b_conversation=conversation_id, b_owner=owner) == 1


def leave(connection: Connection, conversation_id: str, owner: str, due_at: float) -> None:
    """Let the conversation go, not to be taken up before ``due_at``."""
    here = (inbox.c.conversation_id == conversation_id) & _WAITING
    connection.execute(update(inbox).where(here, inbox.c.due_at < due_at).values(due_at=due_at))
    release(connection, conversation_id, owner)


def release_all(connection: Connection, owner: str) -> int:
    """Let go of what a crashed process of this name still holds; how many conversations."""
    values = {"lease_owner": None, "lease_until": 0.0}
    held = conversation.c.lease_owner == owner
    freed: int = connection.execute(update(conversation).where(held).values(values)).rowcount
    return freed


def question(connection: Connection, inbox_id: int) -> str:
    """What the citizen wrote; empty for anything but text."""
    body = connection.execute(select(inbox.c.body).where(inbox.c.id == inbox_id)).scalar_one_or_none()
    incoming = msgspec.convert(body, Incoming) if body else None
    return incoming.text if incoming and incoming.kind is Kind.TEXT else ""


def overdue(connection: Connection, before: float) -> list[tuple[int, int]]:
    """(inbox id, identity id) of messages received before ``before``, unanswered and without an apology; ten
    of them.
    """
    late = select(inbox.c.id, inbox.c.identity_id).where(
        _WAITING, inbox.c.received_at < before, inbox.c.apologised_at.is_(None)
    )
    return [(row.id, row.identity_id) for row in connection.execute(late.limit(10))]


def mark_apologised(connection: Connection, inbox_id: int, now: float) -> bool:
    """Whether it is us who apologise."""
    fresh = (inbox.c.id == inbox_id) & inbox.c.apologised_at.is_(None) & _WAITING
    marked: int = connection.execute(update(inbox).where(fresh).values(apologised_at=now)).rowcount
    return marked == 1


def _as_before(connection: Connection, incoming: Incoming) -> Accepted:
    known = select(inbox.c.conversation_id).where(
        inbox.c.channel == incoming.channel.value, inbox.c.message_id == incoming.message_id
    )
    conversation_id: str = connection.execute(known).scalar_one()
    return Accepted(False, conversation_id, number_of(connection, conversation_id, incoming.message_id))


def _shown(connection: Connection, conversation_id: str, incoming: Incoming, now: float) -> str:
    if incoming.kind is not Kind.BUTTON:
        return incoming.text
    choice = resolve(connection, conversation_id, incoming.text, now)
    return choice.title if choice else ""


def _take(connection: Connection, conversation_id: str, owner: str, now: float, lease: float) -> bool:
    free = {"b_conversation": conversation_id, "b_now": now}
    return _TAKEN.change(connection, **free, b_owner=owner, b_until=now + lease) == 1
