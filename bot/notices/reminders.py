"""Reminders as rows: planned once, cancelled with their subject."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.notices.kinds import PLANNED, Kind, kinds_for
from bot.notices.purpose import Purpose
from bot.notices.quiet import QuietHours
from bot.notices.states import State
from bot.notices.tables import reminder

_DAY = 86_400.0
DRAFT_AFTER = (2 * _DAY, 7 * _DAY)
"""A dossier that was prepared but not handed in."""
CODE_AFTER = _DAY
MOST_WISHES = 10
"""Reminders a citizen may have set at a time."""


OPEN = (State.WAITING.value, State.HELD.value)


class Reminders:
    """Plans and cancels. ``hours``: give the day of a moment where the citizens are."""

    def __init__(self, hours: QuietHours) -> None:
        self._hours = hours

    def plan(
        self,
        connection: Connection,
        conversation_id: str,
        kind: Kind,
        subject: str,
        due_at: float,
        now: float,
        mark: str = "",
    ) -> bool:
        """Remind at ``due_at``; once for each conversation, kind, subject, ``mark`` and day. What waits
        already, or was cancelled, waits for the new time; what was told is not told again. Whether it waits
        now.
        """
        values = {
            "conversation_id": conversation_id,
            "kind": kind.value,
            "subject": subject,
            "mark": mark,
            "due_day": self._hours.day(due_at).isoformat(),
            "due_at": due_at,
            "try_at": due_at,
            "state": State.WAITING.value,
            "returns": 0,
            "created_at": now,
        }
        if insert_once(connection, reminder, values):
            return True
        same = (
            (reminder.c.conversation_id == conversation_id)
            & (reminder.c.kind == kind.value)
            & (reminder.c.subject == subject)
            & (reminder.c.mark == mark)
            & (reminder.c.due_day == values["due_day"])
            & reminder.c.state.in_((State.WAITING.value, State.CANCELLED.value))
        )
        again = {"due_at": due_at, "try_at": due_at, "state": State.WAITING.value, "finished_at": None}
        renewed: int = connection.execute(update(reminder).where(same).values(again)).rowcount
        return renewed == 1

    def draft_prepared(self, connection: Connection, conversation_id: str, draft: str, now: float) -> None:
        """Ask about a dossier that is ready 2 and 7 days from now, instead of at the times planned before."""
        cancel(connection, conversation_id, draft, now, (Kind.DRAFT_WAITING,))
        for after in DRAFT_AFTER:
            self.plan(connection, conversation_id, Kind.DRAFT_WAITING, draft, now + after, now)

    def told_submitted(self, connection: Connection, conversation_id: str, draft: str, now: float) -> None:
        """The citizen says it is handed in but has no code yet: ask about the code tomorrow."""
        cancel(connection, conversation_id, draft, now)
        self.plan(connection, conversation_id, Kind.CODE_MISSING, draft, now + CODE_AFTER, now)


def cancel(
    connection: Connection, conversation_id: str, subject: str, now: float, kinds: Iterable[Kind] = PLANNED
) -> int:
    """End what is planned about a subject: it was handed in, answered or given up. How many reminders."""
    here = (
        (reminder.c.conversation_id == conversation_id)
        & (reminder.c.subject == subject)
        & reminder.c.kind.in_([kind.value for kind in kinds])
        & reminder.c.state.in_(OPEN)
    )
    values = {"state": State.CANCELLED.value, "finished_at": now}
    ended: int = connection.execute(update(reminder).where(here).values(values)).rowcount
    return ended


def cancel_all(connection: Connection, conversation_id: str, purpose: Purpose, now: float) -> int:
    """End all that is planned for a purpose; how many reminders."""
    here = (
        (reminder.c.conversation_id == conversation_id)
        & reminder.c.kind.in_([kind.value for kind in kinds_for(purpose)])
        & reminder.c.state.in_(OPEN)
    )
    values = {"state": State.CANCELLED.value, "finished_at": now}
    ended: int = connection.execute(update(reminder).where(here).values(values)).rowcount
    return ended


def wishes(connection: Connection, conversation_id: str) -> tuple[float, ...]:
    """When the citizen wants to be reminded, in order."""
    query = select(reminder.c.due_at).where(
        reminder.c.conversation_id == conversation_id,
        reminder.c.kind == Kind.CITIZEN_SET.value,
        reminder.c.state == State.WAITING.value,
    )
    return tuple(connection.execute(query.order_by(reminder.c.due_at)).scalars())
