"""What staff do with hand-offs. Each deed is one conditional update: whoever comes second gets False.

``steering``: the account may move what others hold (permission ``STEER_QUEUE``, checked by the caller).
A transaction that also writes into the conversation writes there first, as erasing does.
Comments are masked. The audit log is written by the caller, in the same transaction.
"""

from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.conversations import erasing
from bot.conversations.channel import Channel
from bot.conversations.tables import identity
from bot.handoffs.history import history, note_event
from bot.handoffs.opening import (
    come_back,
    current,
    leave_contact,
    open_handoff,
    raise_overdue,
    raise_urgency,
)
from bot.handoffs.record import Event, Handoff, handoff_of
from bot.handoffs.states import OPEN, Cause, Ending, Happening, State
from bot.handoffs.tables import handoff
from bot.staff.roles import Permission, Role, permissions_of
from bot.staff.tables import staff_account
from bot.text.masking import mask

__all__ = [
    "Event",
    "Handoff",
    "claim",
    "come_back",
    "current",
    "end",
    "find",
    "forward",
    "history",
    "leave_contact",
    "open_handoff",
    "raise_overdue",
    "raise_urgency",
    "release",
    "step_in",
]

_OPEN = sorted(state.value for state in OPEN)
_QUEUED = [State.WAITING.value, State.LEFT.value]
# A citizen who left a contact is not in the conversation any more: they wait for a call, not in the queue.
_BACK_IN_QUEUE = case((handoff.c.contact_sealed.is_not(None), State.LEFT.value), else_=State.WAITING.value)


def find(connection: Connection, handoff_id: int) -> Handoff | None:
    """The hand-off with this id; None when there is none, or it was erased."""
    row = connection.execute(select(handoff).where(handoff.c.id == handoff_id)).one_or_none()
    return handoff_of(row) if row else None


def claim(
    connection: Connection, handoff_id: int, account_id: int, now: float, steering: bool = False
) -> bool:
    """Take a waiting hand-off. False when somebody else was first, or it was forwarded to somebody else."""
    where = handoff.c.state.in_(_QUEUED)
    if not steering:
        where &= handoff.c.holder_id.is_(None) | (handoff.c.holder_id == account_id)
    values = {
        "state": State.HELD.value,
        "holder_id": account_id,
        "claimed_at": func.coalesce(handoff.c.claimed_at, now),
    }
    if not _changed(connection, handoff_id, where, values, now):
        return False
    note_event(connection, handoff_id, Happening.CLAIMED, now, account_id)
    return True


def step_in(connection: Connection, conversation_id: str, account_id: int, now: float) -> Handoff | None:
    """Take over a conversation that asked for nobody, or waits. None when somebody else has it, or there is
    nobody in it to talk to.
    """
    if not erasing.hold_living(connection, conversation_id):
        return None
    found = current(connection, conversation_id)
    if found is None:
        query = select(identity.c.id, identity.c.channel).where(identity.c.conversation_id == conversation_id)
        # Of several linked channels the one last heard from is where the citizen is.
        here = connection.execute(query.order_by(identity.c.heard_at.desc(), identity.c.id)).first()
        if here is None:
            return None
        found = open_handoff(connection, conversation_id, here.id, Channel(here.channel), Cause.STAFF, now)
    return find(connection, found.id) if claim(connection, found.id, account_id, now) else None


def release(
    connection: Connection, handoff_id: int, account_id: int, now: float, steering: bool = False
) -> bool:
    """Give a hand-off back to the queue, or decline one that was forwarded. Who steers may take one over by
    releasing and claiming it in the same transaction.
    """
    where = handoff.c.state.in_(_OPEN) & handoff.c.holder_id.is_not(None)
    if not steering:
        where &= handoff.c.holder_id == account_id
    if not _changed(connection, handoff_id, where, {"state": _BACK_IN_QUEUE, "holder_id": None}, now):
        return False
    note_event(connection, handoff_id, Happening.RELEASED, now, account_id)
    return True


def forward(
    connection: Connection,
    handoff_id: int,
    account_id: int,
    to_account_id: int,
    comment: str,
    now: float,
    steering: bool = False,
) -> bool:
    """Leave a hand-off to another account, who claims it. False also when that account cannot talk."""
    if not _talks(connection, to_account_id):
        return False
    where = handoff.c.state.in_(_OPEN)
    if not steering:
        where = (handoff.c.state == State.HELD.value) & (handoff.c.holder_id == account_id)
    values = {"state": _BACK_IN_QUEUE, "holder_id": to_account_id}
    if not _changed(connection, handoff_id, where, values, now):
        return False
    note_event(connection, handoff_id, Happening.FORWARDED, now, account_id, to_account_id, comment)
    return True


def end(
    connection: Connection,
    handoff_id: int,
    account_id: int | None,
    ending: Ending,
    comment: str,
    now: float,
    steering: bool = False,
) -> bool:
    """Close a hand-off; how to call back is erased. ``account_id`` None: the citizen or the system ends it,
    whoever has it.
    """
    where = handoff.c.state.in_(_OPEN)
    if account_id is not None and not steering:
        where = (handoff.c.state == State.HELD.value) & (handoff.c.holder_id == account_id)
    values = {
        "state": State.ENDED.value,
        "ending": ending.value,
        "ended_at": now,
        "comment": mask(comment) or None,
        "contact_sealed": case((handoff.c.contact_sealed.is_not(None), ""), else_=None),
    }
    if not _changed(connection, handoff_id, where, values, now):
        return False
    note_event(connection, handoff_id, Happening.ENDED, now, account_id, comment=comment)
    return True


def _changed(
    connection: Connection, handoff_id: int, where: ColumnElement, values: dict[str, Any], now: float
) -> bool:
    change = update(handoff).where(handoff.c.id == handoff_id, where).values(values | {"changed_at": now})
    return bool(connection.execute(change).rowcount)


def _talks(connection: Connection, account_id: int) -> bool:
    query = select(staff_account.c.roles).where(
        staff_account.c.id == account_id, staff_account.c.active.is_(True)
    )
    roles = connection.execute(query).scalar_one_or_none()
    return roles is not None and Permission.TALK in permissions_of([Role(role) for role in roles])
