"""Carries updates to the webhook, again and again until it takes them."""

import asyncio
import heapq
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

import aiohttp

from tests.doubles.telegram.clock import Clock
from tests.doubles.telegram.options import Options
from tests.doubles.telegram.records import Attempt
from tests.doubles.telegram.updates import Hook, Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 60
LONGEST_RETRY_AFTER = 3600


@dataclass
class Trip:
    """One of the times an update is to be delivered, whatever becomes of its other copies; repeated until
    it is taken or the update expires.
    """

    update: Update
    copy: int
    place: int = 0
    due: float = 0.0
    tries: int = 0
    pause: float = 1.0


class Deliveries:
    """At most ``max_connections`` at once; 1 is strictly in order: a failing update holds back the rest."""

    def __init__(self, options: Options, clock: Clock, updates: Updates, hook: Hook) -> None:
        self.log: list[Attempt] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self._options, self._clock, self._updates, self.hook = options, clock, updates, hook
        self._random = random.Random(options.seed)
        self._places: Iterator[int] = count()
        self._heap: list[tuple[float, int, Trip]] = []
        self._batch: list[Trip] = []
        self._stopped = False
        self._hold: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        clock.watch(self._wake)
        updates.listeners.append(self._plan)

    def start(self) -> None:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._keep(asyncio.create_task(self._run()))

    async def stop(self) -> None:
        if self._hold is not None:
            self._hold.cancel()
        # wait_for may swallow a cancellation that meets the event it waits for.
        self._stopped = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    @property
    def waiting(self) -> int:
        """Trips still to be made, copies included."""
        return sum(not trip.update.forgotten for _, _, trip in self._heap) + len(self._batch) + self.in_flight

    def hook_changed(self) -> None:
        trips = [trip for _, _, trip in self._heap]
        self._heap.clear()
        for trip in trips:
            self._push(trip)
        self._wake.set()

    def forget(self) -> None:
        """Drop what has not been delivered."""
        self._updates.pending.clear()
        self._heap.clear()
        self._batch.clear()

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _plan(self, update: Update) -> None:
        copies = self._random.randint(1, max(1, self._options.copies))
        self._batch += [Trip(update, copy) for copy in range(copies)]
        if len(self._batch) >= self._options.shuffle:
            self._let_go()
        elif self._hold is None:
            loop = asyncio.get_running_loop()
            self._hold = loop.call_later(self._options.shuffle_hold, self._let_go)

    def _let_go(self) -> None:
        if self._hold is not None:
            self._hold.cancel()
            self._hold = None
        batch, self._batch = self._batch, []
        if self._options.shuffle:
            self._random.shuffle(batch)
        for trip in batch:
            trip.place, trip.due = next(self._places), self._clock.now()
            self._push(trip)
        self._wake.set()

    @property
    def _in_order(self) -> bool:
        return self.hook.max_connections == 1

    def _push(self, trip: Trip) -> None:
        heapq.heappush(self._heap, (0.0 if self._in_order else trip.due, trip.place, trip))

    async def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            until: float | None = None
            while self._heap and self.hook.url and self.in_flight < self.hook.max_connections:
                trip = self._heap[0][2]
                if trip.update.forgotten:
                    heapq.heappop(self._heap)
                    continue
                if trip.due > self._clock.now():
                    until = trip.due
                    break
                heapq.heappop(self._heap)
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
                self._keep(asyncio.create_task(self._go(trip)))
            await self._clock.wait(self._wake, until)

    async def _go(self, trip: Trip) -> None:
        try:
            status, error, retry_after = await self._post(trip.update)
            now = self._clock.now()
            self.log.append(Attempt(trip.update.id, trip.copy, trip.tries, status, error, now))
            if error:
                self._failed(trip, error, retry_after)
            else:
                self._updates.confirm(trip.update.id)
        finally:
            self.in_flight -= 1
            self._wake.set()

    async def _post(self, update: Update) -> tuple[int, str, int]:
        assert self._session is not None
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        timeout = aiohttp.ClientTimeout(total=self._options.hook_timeout)
        try:
            async with self._session.post(
                self.hook.url, json=update.body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return answer.status, "", 0
                retry_after = 0
                with suppress(ValueError):
                    retry_after = int(answer.headers.get("Retry-After", "0"))
                error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return answer.status, error, max(0, min(retry_after, LONGEST_RETRY_AFTER))
        except asyncio.TimeoutError:
            return 0, "Read timeout expired", 0
        except aiohttp.ClientConnectorError:
            return 0, "Connection refused", 0
        except (aiohttp.ClientError, OSError):
            return 0, "Connection closed", 0

    def _failed(self, trip: Trip, error: str, retry_after: int) -> None:
        # The pauses of Telegram's own server: at once, then 2, 4, 8 … seconds, or what Retry-After asks for.
        now = self._clock.now()
        self.hook.last_error_date, self.hook.last_error_message = int(now), error
        pause = float(retry_after)
        if not retry_after and trip.tries > 0:
            limit = self._random.uniform(LONGEST_PAUSE, 2 * LONGEST_PAUSE)
            pause = trip.pause = min(limit, trip.pause * 2)
        trip.tries += 1
        trip.due = now + pause * self._options.backoff_scale
        if trip.due > trip.update.expires_at:
            self._updates.confirm(trip.update.id)
        else:
            self._push(trip)
