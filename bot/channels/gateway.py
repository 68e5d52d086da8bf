"""The running middle of the gateway: queues, workers and whoever waits for news."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import Connection

from bot.channels import inbox, outbox
from bot.channels.bell import Bell, PostgresEar, Ring, tell_others
from bot.channels.concealing import conceal_nothing
from bot.channels.delivery import Delivery
from bot.channels.hub import Accepted, Admit, admitted_as_is
from bot.channels.message import Incoming
from bot.channels.metrics import RECEIVED
from bot.channels.rules import Rules
from bot.channels.saying import Adapters
from bot.channels.store import Store
from bot.channels.sweeper import Sweeper
from bot.channels.turns import Pending, Respond, Settle, Turns, nothing_pending, settled_as_is
from bot.channels.words import Words
from bot.conversations.channel import Channel

T = TypeVar("T")


class Worker(Protocol):
    """Runs until cancelled."""

    async def run(self) -> None: ...


class Gateway:
    """The hub of all channels (``bot.channels.hub.Hub``). ``adapters``: the channels that need sending;
    ``besides``: further workers; ``conceal``: takes out of a message what must not be stored; ``pending``:
    what waited for a citizen to write; ``settle``: lets a person come in.
    """

    def __init__(
        self,
        store: Store,
        adapters: Adapters,
        respond: Respond,
        words: Words,
        rules: Rules,
        now: Callable[[], float] = time.time,
        besides: Sequence[Worker] = (),
        conceal: inbox.Conceal = conceal_nothing,
        pending: Pending = nothing_pending,
        settle: Settle = settled_as_is,
    ) -> None:
        self._store, self._adapters, self._rules, self._now = store, adapters, rules, now
        self._bell, self._conceal = Bell(), conceal
        self._ear: PostgresEar | None = None
        self._workers: tuple[Worker, ...] = (
            Turns(store, self._bell, respond, words, adapters, rules, now, pending, settle),
            Delivery(store, self._bell, adapters, words, rules, now),
            Sweeper(store, self._bell, adapters, words, rules, now),
            *besides,
        )
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def channels(self) -> Sequence[str]:
        """Names of the channels that are switched on; the web always is."""
        return [Channel.WEB.value, *(channel.value for channel in self._adapters)]

    @property
    def alive(self) -> bool:
        """Whether all workers run."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    def now(self) -> float:
        """POSIX seconds."""
        return self._now()

    async def accept(self, incoming: Incoming, admit: Admit = admitted_as_is) -> Accepted:
        """See ``Hub``."""
        reorder = 0.0 if incoming.channel is Channel.WEB else self._rules.reorder
        accepted = await self._store.run(_accept, incoming, self._now(), reorder, self._conceal, admit)
        RECEIVED.labels(incoming.channel.value, str(accepted.new).lower()).inc()
        if accepted.new:
            self._bell.ring(accepted.conversation_id, (Bell.INBOX,))
        return accepted

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """See ``Hub``."""
        return await self._store.run(work, *args)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """See ``Hub``."""
        return await self._store.read(work, *args)

    @contextmanager
    def watch(self, conversation_id: str, ring: Ring | None = None) -> Iterator[Ring]:
        """See ``Hub``."""
        with self._bell.listen(conversation_id, ring) as listening:
            yield listening

    def ring(self, conversation_id: str) -> None:
        """Tell the workers and watchers of this process that something changed."""
        self._bell.ring(conversation_id)

    async def start(self) -> None:
        """Take up what a crashed process of this name left behind, then work."""
        owner = self._rules.owner
        await self._store.run(inbox.release_all, owner)
        await self._store.run(outbox.doubt, owner, self._now(), self._rules.send_patience)
        await self._store.run(outbox.listen_anew, self._now())
        if self._store.shared:
            loop = asyncio.get_running_loop()

            def heard(conversation_id: str) -> None:
                loop.call_soon_threadsafe(self._bell.ring, conversation_id)

            self._ear = PostgresEar(self._store.engine, heard)
            self._ear.start()
        self._tasks = [asyncio.create_task(worker.run()) for worker in self._workers]

    async def stop(self) -> None:
        """Finish what is in progress and leave the rest in the database."""
        for task in self._tasks:
            task.cancel()
        # What a worker failed of long ago must not keep the others from ending well.
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._ear is not None:
            self._ear.stop()
        for adapter in self._adapters.values():
            await adapter.close()
        self._store.close()


def _accept(
    connection: Connection,
    incoming: Incoming,
    now: float,
    reorder: float,
    conceal: inbox.Conceal,
    admit: Admit,
) -> Accepted:
    accepted = inbox.accept(connection, admit(connection, incoming), now, reorder, conceal)
    if accepted.new:
        tell_others(connection, accepted.conversation_id)
    return accepted
