"""Parts of replies on their way to a platform: in order for each citizen, each sent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.channels.adapter import Payload
from bot.channels.states import OutboxState
from bot.channels.tables import outbox
from bot.clause import clause
from bot.control.stopping import Cause
from bot.control.tables import stoppage
from bot.conversations.channel import Channel
from bot.conversations.people import Person

_ANY_PENDING = clause(select(outbox.c.id).where(outbox.c.state == OutboxState.PENDING.value).limit(1))
# Nobody heard an echo until now: patience with it begins.
_DOUBTED = clause(
    update(outbox)
    .where(
        outbox.c.state == OutboxState.SENDING.value,
        (outbox.c.owner == bindparam("b_owner")) | (outbox.c.started_at < bindparam("b_before")),
    )
    .values(state=OutboxState.UNKNOWN.value, error="interrupted", started_at=bindparam("b_now"))
)
_OPEN = (OutboxState.PENDING.value, OutboxState.SENDING.value, OutboxState.UNKNOWN.value)
# Why a part ended that may have arrived, before and after the citizen asked for it again.
_AMBIGUOUS, _REPEATED = "ambiguous", "repeated"


@dataclass(frozen=True)
class Part:
    """One call to make. ``attempt`` counts from 1; ``created_at`` bounds how long it is worth trying.
    ``inbox_id``: the message it answers, if any.
    """

    id: int
    identity_id: int
    conversation_id: str
    channel: Channel
    payload: Payload
    attempt: int
    created_at: float
    inbox_id: int | None = None


def enqueue(
    connection: Connection,
    person: Person,
    payloads: Sequence[Payload],
    now: float,
    inbox_id: int | None = None,
) -> None:
    """Add calls behind everything that is already on its way to this person."""
    rows = [
        {
            "identity_id": person.id,
            "conversation_id": person.conversation_id,
            "channel": person.channel.value,
            "inbox_id": inbox_id,
            "payload": payload,
            "state": OutboxState.PENDING.value,
            "attempts": 0,
            "due_at": now,
            "created_at": now,
        }
        for payload in payloads
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def claim(connection: Connection, owner: str, now: float, limit: int) -> list[Part]:
    """Parts that are first in their citizen's line and due, now marked as being sent by ``owner``; longest
    due first. Of a channel that staff stopped, those that may pass.
    """
    if _ANY_PENDING.row(connection) is None:
        return []
    stopped = {row.channel: row.cause for row in connection.execute(select(stoppage))}
    due: list[Any] = []
    # One channel after the other: what piles up behind a broken one is never looked at.
    for channel in Channel:
        if stopped.get(channel.value) != Cause.BROKEN.value:
            heads = _heads(channel, now, channel.value in stopped)
            due += connection.execute(heads.order_by(outbox.c.due_at, outbox.c.id).limit(limit)).all()
    due.sort(key=lambda row: (row.due_at, row.id))
    return [_part(row) for row in due[:limit] if _start(connection, row, owner, now)]


def let_pass(connection: Connection, inbox_id: int) -> None:
    """What answers this message is sent although staff have stopped the channel."""
    connection.execute(update(outbox).where(outbox.c.inbox_id == inbox_id).values(passes=True))


def next_due(connection: Connection, now: float) -> float | None:
    """When the next of the parts that wait for their time may be sent; None when none does."""
    # With the channels named, the index leads to what is due later past all that waits already.
    anywhere = outbox.c.channel.in_([channel.value for channel in Channel])
    later = (outbox.c.state == OutboxState.PENDING.value) & anywhere & (outbox.c.due_at > now)
    found: float | None = connection.execute(select(func.min(outbox.c.due_at)).where(later)).scalar_one()
    return found


def finish(
    connection: Connection,
    part: Part,
    state: OutboxState,
    now: float,
    external_id: str | None = None,
    error: str = "",
) -> bool:
    """Write down how a call ended; False when someone else has settled it meanwhile."""
    values: dict[str, Any] = {"state": state.value, "external_id": external_id, "error": error or None}
    if state is not OutboxState.UNKNOWN:
        values["finished_at"] = now
    return _settle_one(connection, part.id, (OutboxState.SENDING,), values)


def postpone(connection: Connection, part: Part, due_at: float, error: str) -> bool:
    """Nothing arrived: back into the line for ``due_at``."""
    values = {"state": OutboxState.PENDING.value, "due_at": due_at, "error": error or None}
    return _settle_one(connection, part.id, (OutboxState.SENDING,), values)


def give_up(connection: Connection, identity_id: int, now: float, error: str) -> int:
    """The citizen cannot be reached: everything still waiting for them ends; how many parts."""
    waiting = (outbox.c.identity_id == identity_id) & (outbox.c.state == OutboxState.PENDING.value)
    values = {"state": OutboxState.UNREACHABLE.value, "error": error, "finished_at": now}
    ended: int = connection.execute(update(outbox).where(waiting).values(values)).rowcount
    return ended


def doubt(connection: Connection, owner: str, now: float, patience: float) -> int:
    """After a crash: what ``owner`` was sending, or anybody has been sending for ``patience`` seconds, may
    have arrived or not. How many parts.
    """
    return _DOUBTED.change(connection, b_owner=owner, b_before=now - patience, b_now=now)


def listen_anew(connection: Connection, now: float) -> None:
    """We were away and may have missed what the platforms told of calls of unknown fate: patience with all of
    them begins now.
    """
    unknown = outbox.c.state == OutboxState.UNKNOWN.value
    connection.execute(update(outbox).where(unknown).values(started_at=now))


def doubtful(connection: Connection, channel: Channel, before: float) -> list[Part]:
    """Parts of unknown fate that we know of since ``before``, or whose call began then; ten of them."""
    query = select(outbox).where(
        outbox.c.state == OutboxState.UNKNOWN.value,
        outbox.c.channel == channel.value,
        outbox.c.started_at < before,
    )
    return [_part(row) for row in connection.execute(query.limit(10)).all()]


def resend(connection: Connection, part: Part, now: float) -> bool:
    """It surely did not arrive: send it again."""
    values = {"state": OutboxState.PENDING.value, "due_at": now}
    return _settle_one(connection, part.id, (OutboxState.UNKNOWN,), values)


def abandon(connection: Connection, part: Part, now: float) -> bool:
    """Nobody can tell whether it arrived, and it must not arrive twice."""
    values = {"state": OutboxState.DEAD.value, "error": _AMBIGUOUS, "finished_at": now}
    return _settle_one(connection, part.id, (OutboxState.UNKNOWN,), values)


def confirm(connection: Connection, identity_id: int, external_id: str, text: str, now: float) -> bool:
    """The platform says that ``text`` arrived: settles a call whose answer we never saw. A late word about
    a message already known settles nothing, even when a newer one has the same text.
    """
    known = (outbox.c.identity_id == identity_id) & (outbox.c.external_id == external_id)
    if connection.execute(select(outbox.c.id).where(known)).first():
        return False
    open_calls = select(outbox).where(
        outbox.c.identity_id == identity_id,
        outbox.c.state.in_((OutboxState.UNKNOWN.value, OutboxState.SENDING.value)),
    )
    for row in connection.execute(open_calls.order_by(outbox.c.id)).all():
        if _text_of(row.payload) == text:
            values = {"state": OutboxState.SENT.value, "external_id": external_id, "finished_at": now}
            return _settle_one(connection, row.id, (OutboxState.UNKNOWN, OutboxState.SENDING), values)
    return False


def repeat(connection: Connection, part_id: int, person: Person, now: float) -> bool:
    """Send an abandoned part once more; False when it is not this person's, or was repeated already."""
    here = (outbox.c.id == part_id) & (outbox.c.identity_id == person.id)
    abandoned = here & (outbox.c.state == OutboxState.DEAD.value) & (outbox.c.error == _AMBIGUOUS)
    if connection.execute(update(outbox).where(abandoned).values(error=_REPEATED)).rowcount != 1:
        return False
    row = connection.execute(select(outbox.c.payload, outbox.c.inbox_id).where(here)).one()
    enqueue(connection, person, [row.payload], now, row.inbox_id)
    return True


def _heads(channel: Channel, now: float, passing: bool) -> Any:
    """Due parts of a channel that are first in their citizen's line; ``passing``: in the line of those that
    pass a stop.
    """
    before = outbox.alias()
    ahead = [
        before.c.identity_id == outbox.c.identity_id,
        before.c.state.in_(_OPEN),
        before.c.id < outbox.c.id,
    ]
    # Asked again: the call that stops the channel puts its part back in the same moment.
    halted = select(stoppage.c.channel)
    mine = [
        outbox.c.state == OutboxState.PENDING.value,
        outbox.c.channel == channel.value,
        outbox.c.due_at <= now,
    ]
    if passing:
        ahead.append(before.c.passes)
        mine.append(outbox.c.passes)
        halted = halted.where(stoppage.c.cause == Cause.BROKEN.value)
    return select(outbox).where(*mine, outbox.c.channel.not_in(halted), ~exists().where(*ahead))


def _start(connection: Connection, row: Any, owner: str, now: float) -> bool:
    free = (outbox.c.id == row.id) & (outbox.c.state == OutboxState.PENDING.value)
    values = {
        "state": OutboxState.SENDING.value,
        "owner": owner,
        "started_at": now,
        "attempts": outbox.c.attempts + 1,
    }
    started: int = connection.execute(update(outbox).where(free).values(values)).rowcount
    return started == 1


def _settle_one(
    connection: Connection, part_id: int, states: tuple[OutboxState, ...], values: dict[str, Any]
) -> bool:
    here = (outbox.c.id == part_id) & outbox.c.state.in_([state.value for state in states])
    settled: int = connection.execute(update(outbox).where(here).values(values)).rowcount
    return settled == 1


def _part(row: Any) -> Part:
    return Part(
        id=row.id,
        identity_id=row.identity_id,
        conversation_id=row.conversation_id,
        channel=Channel(row.channel),
        payload=row.payload,
        attempt=row.attempts + (row.state == OutboxState.PENDING.value),
        created_at=row.created_at,
        inbox_id=row.inbox_id,
    )


def _text_of(payload: Payload) -> str:
    message = payload.get("message", payload)
    return str(message.get("text", "")) if isinstance(message, dict) else ""
