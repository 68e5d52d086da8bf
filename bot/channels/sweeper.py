"""What nobody waits for: apologies for late answers, calls of unknown fate, figures of the queues."""

import asyncio
import logging
from collections.abc import Callable
from textwrap import shorten

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.channels import inbox, outbox
from bot.channels.bell import Bell
from bot.channels.message import Choice, Reply
from bot.channels.metrics import OLDEST, STOPPED, WAITING
from bot.channels.rules import Rules
from bot.channels.saying import Adapters, say
from bot.channels.states import InboxState
from bot.channels.store import Store
from bot.channels.tables import inbox as inbox_table
from bot.channels.tasks import trace
from bot.channels.words import Words
from bot.clause import clause
from bot.control.stopping import stopped
from bot.conversations import people
from bot.conversations.channel import Channel

logger = logging.getLogger(__name__)

RESEND = "resend:"
"""Payload of the button that asks for a part again; its id follows."""
_QUOTED = 100
"""Characters of a question that are quoted."""


_COUNTED = clause(
    select(func.count(), func.min(inbox_table.c.received_at)).where(
        inbox_table.c.state == InboxState.WAITING.value
    )
)


class Sweeper:
    """Runs every second. What is said when an answer is late or may not have arrived is taken from ``words``
    at that moment: staff may have changed it.
    """

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

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            touched: set[str] = set()
            try:
                touched = await self._store.run(self.sweep)
            except Exception as error:
                logger.error("sweeping failed, trying again: %s", trace(error))
            for conversation_id in touched:
                self._bell.ring(conversation_id)
            # There may be more: others get their turn in between.
            await asyncio.sleep(0 if touched else self._rules.sweep_every)

    def sweep(self, connection: Connection) -> set[str]:
        """One round, short because it holds up all others; the conversations in which something changed."""
        now = self._now()
        oldest = self._count(connection, now)
        outbox.doubt(connection, "", now, self._rules.send_patience)
        late = oldest is not None and oldest < now - self._rules.turn_timeout
        apologised = self._apologise(connection, now) if late else set()
        return apologised | self._settle_doubts(connection, now)

    def _apologise(self, connection: Connection, now: float) -> set[str]:
        told = set()
        for inbox_id, identity_id in inbox.overdue(connection, now - self._rules.turn_timeout):
            if inbox.mark_apologised(connection, inbox_id, now):
                person = people.person(connection, identity_id)
                say(connection, self._adapters, person, (self._words.patience,), now)
                told.add(person.conversation_id)
        return told

    def _settle_doubts(self, connection: Connection, now: float) -> set[str]:
        touched = set()
        for channel, adapter in self._adapters.items():
            patience = self._rules.echo_patience if adapter.echoes else 0.0
            for part in outbox.doubtful(connection, channel, now - patience):
                if adapter.echoes:
                    outbox.resend(connection, part, now)
                elif outbox.abandon(connection, part, now) and part.inbox_id is not None:
                    self._offer_again(connection, part, now, part.inbox_id)
                touched.add(part.conversation_id)
        return touched

    def _offer_again(self, connection: Connection, part: outbox.Part, now: float, inbox_id: int) -> None:
        button = Choice(self._words.again, f"{RESEND}{part.id}")
        # Other answers may stand between: the question says which one is meant.
        asked = shorten(inbox.question(connection, inbox_id), _QUOTED, placeholder="…")
        quoted = f"«{asked}»\n" if asked else ""
        lost = self._words.lost
        reply = Reply(quoted + lost.text, (button,), None, lost.outcome)
        person = people.person(connection, part.identity_id)
        say(connection, self._adapters, person, (reply,), now, inbox_id)

    def _count(self, connection: Connection, now: float) -> float | None:
        """When the oldest message that waits was received."""
        ((count, oldest),) = _COUNTED.rows(connection)
        WAITING.set(count)
        OLDEST.set(now - oldest if oldest is not None else 0.0)
        halted = stopped(connection)
        for channel in Channel:
            STOPPED.labels(channel.value).set(channel in halted)
        return None if oldest is None else float(oldest)
