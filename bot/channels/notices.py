"""The clock of the gateway: reminders when they are due, and what other packages do at intervals.

What is due stands in rows of our own, which outlive every process and are taken by one of several gateways.
The scheduler only keeps time: a job store of APScheduler 3 must not be shared by several schedulers (two
gateways would both run each job), and it pickles the jobs it keeps: an upgrade may not find them again.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from typing import Any, TypeVar

from apscheduler.executors.pool import ThreadPoolExecutor  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]

from bot.channels.happenings import Happenings
from bot.channels.noticing import Notifier
from bot.channels.recalling import Recaller
from bot.channels.store import Store
from bot.channels.tasks import trace
from bot.notices.erasing import drop_proofs

logger = logging.getLogger(__name__)

NEWS_SECONDS = 3.0
"""Somebody who has just paid or handed in waits for the news."""
DUE_SECONDS = 30.0
_DAY = 86_400.0

T = TypeVar("T")


@dataclass(frozen=True)
class Slot:
    """Work of another package: ``once(now)`` every so many ``seconds``, in a thread, never twice at a time in
    one process. Several gateways run it at once: it claims what it works on.
    """

    name: str
    seconds: float
    once: Callable[[float], object]


class Notices:
    """A worker of the gateway. ``ring``: tells the process that something was said in a conversation."""

    def __init__(
        self,
        store: Store,
        notifier: Notifier,
        recaller: Recaller,
        happenings: Happenings,
        slots: Sequence[Slot],
        ring: Callable[[str], None],
        now: Callable[[], float],
    ) -> None:
        self._store, self._notifier, self._recaller = store, notifier, recaller
        self._happenings, self._slots, self._ring, self._now = happenings, slots, ring, now

    async def run(self) -> None:
        """Until cancelled; work in progress is then finished."""
        loop = asyncio.get_running_loop()
        own = (
            Slot("news", NEWS_SECONDS, partial(self._wait, loop, self.news)),
            Slot("due", DUE_SECONDS, partial(self._wait, loop, self.due)),
            Slot("proofs", _DAY, partial(self._wait, loop, self.proofs)),
        )
        # Slow work is simply not begun again before it ended: nothing to warn of.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        slots = (*own, *self._slots)
        scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(len(slots))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=timezone.utc,
        )
        for slot in slots:
            # At once: something may have become due while no gateway ran.
            scheduler.add_job(
                partial(self._once, slot),
                "interval",
                seconds=slot.seconds,
                id=slot.name,
                next_run_time=datetime.now(timezone.utc),
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(scheduler.shutdown, True)

    async def news(self) -> int:
        """Take what has happened and tell it to those who may be told now; how many conversations."""
        return await self._tell(set(await self._store.run(self._happenings.take, self._now())))

    async def due(self) -> int:
        """Take back what must not be sent any more and tell what is due; how many conversations."""
        await self._store.run(self._recaller.recall, self._now())
        told, seen = 0, set[str]()
        while found := set(await self._store.run(self._notifier.due, self._now())) - seen:
            told += await self._tell(found)
            seen |= found
        return told

    async def proofs(self) -> int:
        """Delete proofs of consent whose time is over."""
        return await self._store.run(drop_proofs, self._now())

    async def _tell(self, conversations: Collection[str]) -> int:
        told = 0
        for conversation_id in conversations:
            try:
                # With SQLite citizens wait for each transaction: one conversation at a time.
                said = await self._store.run(self._notifier.tell, conversation_id, self._now())
            except Exception as error:
                logger.error("a notice was left for later: %s", trace(error))
                continue
            if said:
                self._ring(conversation_id)
                told += 1
        return told

    def _once(self, slot: Slot) -> None:
        try:
            slot.once(self._now())
        except Exception as error:
            logger.error("%s failed, trying again: %s", slot.name, trace(error))

    @staticmethod
    def _wait(loop: asyncio.AbstractEventLoop, work: Callable[[], Any], _now: float) -> None:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work(), loop)
        future.result()
