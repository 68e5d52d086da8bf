"""Delivery of events: at least once, in whatever order the settings say."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from tests.doubles.zalo import seeded
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.records import Attempt, Event
from tests.doubles.zalo.settings import Settings


@dataclass(eq=False)
class _Delivery:
    event: Event
    copy: int
    attempt: int = 0
    due: float = 0.0
    timer: asyncio.TimerHandle | None = None


class Hook:
    """Sends each copy until it is answered with 200 in time or the ladder ends."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.attempts: list[Attempt] = []
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None
        self._gate = asyncio.Semaphore(settings.parallel)
        self._lanes: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._batch: list[_Delivery] = []
        self._batches = 0
        self._hold: asyncio.TimerHandle | None = None
        self._waiting: list[_Delivery] = []

    def adopt(self, settings: Settings) -> None:
        """From the next delivery on."""
        if settings.parallel != self.settings.parallel:
            self._gate = asyncio.Semaphore(settings.parallel)
        self.settings = settings

    @property
    def waiting(self) -> int:
        """Copies between two attempts."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        """Copies under way or in a batch."""
        return len(self._tasks) + len(self._batch)

    def publish(self, event: Event) -> None:
        """Deliver ``event.copies`` copies, from now on."""
        if not self.settings.hook_url:
            return
        for copy in range(event.copies):
            delivery = _Delivery(event, copy)
            if self.settings.shuffle > 1:
                self._put(delivery)
            else:
                self._start(delivery)

    def replay(self, event: Event) -> None:
        """One more copy of something old."""
        event.copies += 1
        self._start(_Delivery(event, event.copies - 1))

    def due(self) -> None:
        """Redeliver what the clock has made due, the earliest first."""
        now = self._clock.now()
        ready = [delivery for delivery in self._waiting if delivery.due <= now + 0.001]
        for delivery in sorted(ready, key=lambda each: (each.due, each.event.seq, each.copy)):
            self._again(delivery)

    async def settle(self, retries: bool = False) -> None:
        """Until nothing is under way (and, with ``retries``, nothing waits for its next attempt)."""
        while self.busy or (retries and self._waiting):
            self._release()
            if self._tasks:
                await asyncio.wait(self._tasks)
            else:
                await asyncio.sleep(0.01)

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        """HTTP status; raises ``asyncio.TimeoutError`` or ``aiohttp.ClientError``."""
        timeout = aiohttp.ClientTimeout(total=self.settings.hook_timeout)
        async with self._client().post(
            self.settings.hook_url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            await response.read()
            return response.status

    async def get(self) -> int:
        async with self._client().get(self.settings.hook_url, allow_redirects=False) as response:
            return response.status

    async def close(self) -> None:
        for delivery in self._waiting:
            if delivery.timer is not None:
                delivery.timer.cancel()
        if self._hold is not None:
            self._hold.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _put(self, delivery: _Delivery) -> None:
        self._batch.append(delivery)
        if len(self._batch) >= self.settings.shuffle:
            self._release()
        elif self._hold is None:
            self._hold = asyncio.get_running_loop().call_later(self.settings.shuffle_hold, self._release)

    def _release(self) -> None:
        if self._hold is not None:
            self._hold.cancel()
            self._hold = None
        batch, self._batch = self._batch, []
        if batch:
            self._batches += 1
            seeded.rng(self.settings.seed, "batch", self._batches).shuffle(batch)
        for delivery in batch:
            self._start(delivery)

    def _start(self, delivery: _Delivery) -> None:
        task = asyncio.get_running_loop().create_task(self._attempt(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attempt(self, delivery: _Delivery) -> None:
        event = delivery.event
        lane: contextlib.AbstractAsyncContextManager[object]
        lane = contextlib.nullcontext() if self.settings.concurrent else self._lanes[event.user]
        async with lane, self._gate:
            outcome, status = await self._call(delivery)
        self.attempts.append(
            Attempt(
                event=event.seq,
                name=event.name,
                user=event.user,
                msg_id=event.msg_id,
                copy=delivery.copy,
                attempt=delivery.attempt,
                outcome=outcome,
                status=status,
                at=self._clock.now(),
            )
        )
        if outcome == "ok":
            event.delivered += 1
        elif delivery.attempt >= len(self.settings.ladder):
            event.given_up += 1
        else:
            self._wait(delivery, self.settings.ladder[delivery.attempt])

    async def _call(self, delivery: _Delivery) -> tuple[str, int]:
        headers = dict(delivery.event.headers)
        if delivery.attempt:
            headers["num_retry"] = str(delivery.attempt)
        try:
            status = await self.post(delivery.event.body.encode(), headers)
        except asyncio.TimeoutError:
            return "timeout", 0
        except (aiohttp.ClientError, OSError):
            return "broken", 0
        return ("ok" if status == 200 else "status"), status

    def _wait(self, delivery: _Delivery, seconds: float) -> None:
        delivery.attempt += 1
        delivery.due = self._clock.now() + seconds
        self._waiting.append(delivery)
        if self.settings.ladder_scale is not None:
            again: Callable[[_Delivery], None] = self._again
            loop = asyncio.get_running_loop()
            delivery.timer = loop.call_later(seconds * self.settings.ladder_scale, again, delivery)

    def _again(self, delivery: _Delivery) -> None:
        if delivery.timer is not None:
            delivery.timer.cancel()
            delivery.timer = None
        self._waiting.remove(delivery)
        self._start(delivery)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session
