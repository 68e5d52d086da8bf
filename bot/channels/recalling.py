"""Takes notices back that did not reach anybody, or must not any more."""

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.channels.states import OutboxState
from bot.channels.tables import outbox
from bot.notices import consent, queue
from bot.notices.kinds import RULES
from bot.notices.purpose import Versions
from bot.notices.queue import Sent
from bot.notices.quiet import QuietHours
from bot.notices.states import State

_LOOKED_BACK = 2 * 86_400.0
_MAY_BE_THERE = frozenset({"ambiguous", "repeated"})
"""Why a part is given up that may have arrived: it is not told a second time (``bot.channels.outbox``)."""


class Recaller:
    """``versions``: of the texts citizens agreed to."""

    def __init__(self, versions: Versions, hours: QuietHours) -> None:
        self._versions, self._hours = versions, hours

    def recall(self, connection: Connection, now: float) -> int:
        """Look after all notices of the last two days; how many were taken back. One that still waits in the
        outbox is stopped once its consent is gone or the quiet hours have begun. One that was refused is
        tried again once, where there is another way, and then kept until the citizen writes.
        """
        return sum(
            self._look(connection, row, now) for row in queue.sent_since(connection, now - _LOOKED_BACK)
        )

    def _look(self, connection: Connection, row: Sent, now: float) -> bool:
        # A notice is one part, queued in the moment in which it was marked as sent.
        its_own = (
            (outbox.c.identity_id == row.identity_id)
            & (outbox.c.conversation_id == row.conversation_id)
            & (outbox.c.created_at == row.sent_at)
            & outbox.c.inbox_id.is_(None)
        )
        parts = connection.execute(select(outbox.c.state, outbox.c.error).where(its_own)).all()
        states = {part.state for part in parts}
        if OutboxState.PENDING.value in states and self._is_unwanted(connection, row, now):
            values = {"state": OutboxState.UNREACHABLE.value, "error": "recalled", "finished_at": now}
            waiting = its_own & (outbox.c.state == OutboxState.PENDING.value)
            if connection.execute(update(outbox).where(waiting).values(values)).rowcount:
                return queue.take_back(connection, row.id, State.WAITING, now)
        if states == {OutboxState.UNREACHABLE.value}:
            state = State.HELD if row.returns else State.WAITING
            return queue.take_back(connection, row.id, state, now)
        if states == {OutboxState.DEAD.value} and all(part.error not in _MAY_BE_THERE for part in parts):
            return queue.take_back(connection, row.id, State.HELD, now)
        return False

    def _is_unwanted(self, connection: Connection, row: Sent, now: float) -> bool:
        if self._hours.next_allowed(now) > now:
            return True
        standing = consent.standing(connection, row.conversation_id, self._versions)
        return all(one.purpose is not RULES[row.kind].purpose for one in standing)
