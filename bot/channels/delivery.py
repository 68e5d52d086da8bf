"""Carries the outbox to the platforms: one call at a time for each citizen, many citizens at once."""

import asyncio
import logging
import random
from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection

from bot.channels import outbox
from bot.channels.adapter import Adapter, Sent
from bot.channels.bell import Bell
from bot.channels.metrics import SENDS
from bot.channels.outbox import Part
from bot.channels.rules import Rules
from bot.channels.saying import Adapters, say
from bot.channels.states import Fate, OutboxState
from bot.channels.store import Store
from bot.channels.tasks import finish, trace
from bot.channels.words import Words
from bot.control.stopping import Cause, stop
from bot.conversations import people

logger = logging.getLogger(__name__)

_IDLE_SECONDS = 1.0
_AGAIN_SECONDS = 60.0


class Delivery:
    """The worker of the outbox. ``words``: has the excuse for an answer the platform refuses for good."""

    def __init__(
        self,
        store: Store,
        bell: Bell,
        adapters: Adapters,
        words: Words,
        rules: Rules,
        now: Callable[[], float],
    ) -> None:
        self._store, self._bell, self._adapters, self._rules, self._now = store, bell, adapters, rules, now
        self._words = words
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; calls in progress are then finished."""
        with self._bell.listen(Bell.OUTBOX) as ring:
            try:
                while True:
                    pause = await self._try_to_start()
                    if pause > 0:
                        await ring.wait(pause)
            finally:
                await finish(self._running, self._rules.turn_timeout)

    async def _try_to_start(self) -> float:
        """As ``_start_calls``; a database that is away for a while must not end the work for good."""
        try:
            return await self._start_calls()
        except Exception as error:
            logger.error("nothing could be sent, trying again: %s", trace(error))
            return _IDLE_SECONDS

    async def _start_calls(self) -> float:
        """Start what is due and there is room for; seconds until there may be more."""
        room = self._rules.sends_at_once - len(self._running)
        if room <= 0:
            return _IDLE_SECONDS
        parts, due = await self._store.run(self._claim, room)
        for part in parts:
            task = asyncio.create_task(self._deliver(part))
            self._running.add(task)
            task.add_done_callback(partial(self._ended, part.conversation_id))
        if parts:
            return 0.0
        return _IDLE_SECONDS if due is None else min(max(due - self._now(), 0.01), _IDLE_SECONDS)

    def _claim(self, connection: Connection, room: int) -> tuple[list[Part], float | None]:
        now = self._now()
        parts = outbox.claim(connection, self._rules.owner, now, room)
        return parts, None if parts else outbox.next_due(connection, now)

    def _ended(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        # Only now there is room: whoever was woken before this would find none and sleep on.
        self._running.discard(task)
        self._bell.ring(conversation_id, (Bell.OUTBOX,))

    async def _deliver(self, part: Part) -> None:
        adapter = self._adapters.get(part.channel)
        try:
            sent = await self._call(adapter, part)
            SENDS.labels(part.channel.value, sent.fate.value).inc()
            await self._store.run(self._settle, part, sent)
        except Exception as error:
            logger.error("part %d could not be settled: %s", part.id, trace(error))

    async def _call(self, adapter: Adapter | None, part: Part) -> Sent:
        if adapter is None:
            return Sent(Fate.LATER, error="channel is off", retry_after=60.0)
        try:
            return await adapter.send(part.payload)
        except Exception as error:
            # The contract forbids it; what happened to the message is then anybody's guess.
            logger.error("adapter %s raised: %s", part.channel.value, trace(error))
            return Sent(Fate.UNKNOWN, error=type(error).__name__)

    def _settle(self, connection: Connection, part: Part, sent: Sent) -> None:
        now = self._now()
        too_old = now - part.created_at > self._rules.send_for
        if sent.fate in (Fate.RETRY, Fate.LATER) and not too_old:
            pause = self._rules.pause(part.attempt, random.random())
            outbox.postpone(connection, part, now + (sent.retry_after or pause), sent.error)
        elif sent.fate is Fate.OPERATOR:
            # While an order of staff stands, what may pass it is tried again, but not in a loop.
            broke = stop(connection, part.channel, Cause.BROKEN, sent.error, now)
            outbox.postpone(connection, part, now if broke else now + _AGAIN_SECONDS, sent.error)
        elif sent.fate is Fate.UNREACHABLE:
            outbox.finish(connection, part, OutboxState.UNREACHABLE, now, error=sent.error)
            outbox.give_up(connection, part.identity_id, now, sent.error)
            people.mark_reach(connection, part.identity_id, sent.reach)
        else:
            state = _STATES.get(sent.fate, OutboxState.DEAD)
            outbox.finish(connection, part, state, now, sent.external_id, sent.error)
            if state is OutboxState.DEAD:
                logger.error("%s refused part %d for good: %s", part.channel.value, part.id, sent.error)
                self._excuse_for(connection, part, now)

    def _excuse_for(self, connection: Connection, part: Part, now: float) -> None:
        # Excuses answer no message themselves: one that is refused too is not excused again.
        if part.inbox_id is not None:
            person = people.person(connection, part.identity_id)
            say(connection, self._adapters, person, (self._words.excuse,), now)


_STATES = {Fate.SENT: OutboxState.SENT, Fate.UNKNOWN: OutboxState.UNKNOWN, Fate.DEAD: OutboxState.DEAD}
