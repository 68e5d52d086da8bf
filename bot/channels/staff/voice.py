"""The worker that speaks for staff: their words, their deeds, their decisions."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Float, bindparam, func, or_, select
from sqlalchemy.engine import Connection

from bot.channels.bell import Ring
from bot.channels.metrics import HANDOFFS
from bot.channels.staff.deciding import Deciding, to_tell
from bot.channels.staff.deeds import Announcer, untold
from bot.channels.staff.expiring import Expiring
from bot.channels.staff.office import Timetable
from bot.channels.staff.reaching import Unsaid
from bot.channels.staff.voicing import TooLateError, Voicing
from bot.channels.store import Store
from bot.channels.tasks import trace
from bot.clause import clause
from bot.handoffs import desk, talking
from bot.handoffs.states import OPEN
from bot.handoffs.tables import handoff, staff_message

logger = logging.getLogger(__name__)

EVERY_SECONDS = 0.5
_CALM_SECONDS = 0.05
"""Between two rounds, however often the bell rings."""
_HOUSEKEEPING_SECONDS = 15.0
OVERDUE_SECONDS = 900.0
"""In office hours nobody waits longer than this behind others."""


_UNSAID = select(staff_message.c.id).where(
    staff_message.c.said_at.is_(None), staff_message.c.refused.is_(None)
)
_NOW = bindparam("b_now", type_=Float)
# One statement: it is asked twice a second, and nearly always there is nothing.
_ANYTHING = clause(select(or_(_UNSAID.exists(), untold(_NOW).exists(), to_tell(_NOW).exists())))


class StaffVoice:
    """``listen``: a ring for every conversation; ``ring``: tells others that something was said. What the
    console writes rings at once on PostgreSQL; otherwise it is found within ``EVERY_SECONDS``.
    """

    def __init__(
        self,
        store: Store,
        voicing: Voicing,
        announcer: Announcer,
        deciding: Deciding,
        expiring: Expiring,
        timetable: Timetable,
        listen: Callable[[], AbstractContextManager[Ring]],
        ring: Callable[[str], None],
        now: Callable[[], float],
    ) -> None:
        self._store, self._voicing, self._announcer = store, voicing, announcer
        self._deciding, self._expiring, self._timetable = deciding, expiring, timetable
        self._listen, self._ring, self._now = listen, ring, now
        self._kept_house_at = 0.0

    async def run(self) -> None:
        """Until cancelled."""
        with self._listen() as ring:
            while True:
                try:
                    await self.once()
                except Exception as error:
                    logger.error("staff could not be heard, trying again: %s", trace(error))
                if self._store.shared:
                    await ring.wait(EVERY_SECONDS)
                    await asyncio.sleep(_CALM_SECONDS)
                else:
                    await asyncio.sleep(EVERY_SECONDS)

    async def once(self) -> None:
        """Say all there is to say."""
        if self._now() - self._kept_house_at >= _HOUSEKEEPING_SECONDS:
            self._kept_house_at = self._now()
            await self._store.run(self._keep_house)
            await self._give_up()
        if not await self._store.read(self._is_anything):
            return
        await self._announce()
        await self._exhaust(self._voicing.say_next)
        # What was waiting for the last words of somebody.
        await self._announce()
        await self._store.run(self._expire)
        await self._exhaust(self._deciding.tell_next)

    async def _announce(self) -> None:
        for conversation_id in await self._store.run(lambda c: self._announcer.announce(c, self._now())):
            self._ring(conversation_id)

    async def _exhaust(self, say_next: Callable[[Connection, float], str | None]) -> None:
        """One transaction for each: what cannot be said keeps nothing else from being said."""
        while True:
            try:
                told = await self._store.run(lambda connection: say_next(connection, self._now()))
            except TooLateError:
                continue
            except Exception as error:
                logger.error("a message of staff could not be said: %s", trace(error))
                if self._voicing.trying is None:
                    raise
                await self._store.run(talking.refuse, self._voicing.trying, Unsaid.FAILED.value, self._now())
                continue
            if told is None:
                return
            self._ring(told)

    async def _give_up(self) -> None:
        """One transaction for each, as above."""
        for stay in await self._store.run(lambda connection: self._expiring.late(connection, self._now())):
            try:
                ended = await self._store.run(self._expiring.give_up, stay, self._now())
            except Exception as error:
                logger.error("a hand-off could not be ended: %s", trace(error))
                continue
            if ended:
                self._ring(stay.conversation_id)

    def _is_anything(self, connection: Connection) -> bool:
        ((found,),) = _ANYTHING.rows(connection, b_now=self._now())
        return bool(found)

    def _expire(self, connection: Connection) -> None:
        self._deciding.expire(connection, self._now())

    def _keep_house(self, connection: Connection) -> None:
        now = self._now()
        if self._timetable.read(connection).is_open(now):
            desk.raise_overdue(connection, now - OVERDUE_SECONDS, now)
        query = select(handoff.c.state, func.count()).where(handoff.c.state.in_([s.value for s in OPEN]))
        found = dict(connection.execute(query.group_by(handoff.c.state)).all())
        for state in OPEN:
            HANDOFFS.labels(state.value).set(found.get(state.value, 0))
