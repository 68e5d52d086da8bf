"""Citizens who write at the same time, each the next message when the reply to the last one is there."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count

import msgspec
import uvloop

from bot.channels.assistants import Assistants
from bot.channels.shares import Shares
from bot.load.checker import Checker, Fault
from bot.load.connection import Connection
from bot.load.visit import Visit

PATH = "/webhooks/local/webhook"
_PATIENCE = 60.0


class Plan(msgspec.Struct, frozen=True):
    """``urls``: of the processes, among which messages are shared out as the gateway does it.
    ``seconds``: no visit begins later than that. ``again``: begin anew with new citizens until then.
    """

    urls: tuple[str, ...]
    visits: Sequence[Visit]
    concurrency: int
    seconds: float | None = None
    again: bool = False


class Driven(msgspec.Struct, frozen=True):
    """``times_ms``: of every message with a right reply, by the clock; ``cpu_s``: what driving itself took of
    a core; ``faults``: how many by kind.
    """

    seconds: float
    times_ms: tuple[float, ...]
    cpu_s: float
    faults: dict[str, int]
    shown: tuple[str, ...]

    @property
    def messages(self) -> int:
        """With a right reply."""
        return len(self.times_ms)


def drive_aside(plan: Plan) -> Driven:
    """``drive`` in a process of its own, without anything else of the assistant in it."""
    command = [sys.executable, "-m", "bot.load.driver"]
    done = subprocess.run(command, input=msgspec.msgpack.encode(plan), stdout=subprocess.PIPE, check=True)
    return msgspec.msgpack.decode(done.stdout, type=Driven)


def drive(plan: Plan) -> Driven:
    """Hold all visits, ``concurrency`` at a time."""
    return asyncio.run(_Crowd(plan).run())


class _Crowd:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._checker = Checker()
        self._assistants, self._shares = Assistants(plan.urls), Shares()
        self._times: list[float] = []
        self._ends = float("inf")

    async def run(self) -> Driven:
        worked, started = time.process_time(), time.perf_counter()
        if self._plan.seconds is not None:
            self._ends = started + self._plan.seconds
        waiting = self._visits()
        await asyncio.gather(*(self._citizens(waiting) for _ in range(self._plan.concurrency)))
        return Driven(
            time.perf_counter() - started,
            tuple(self._times),
            time.process_time() - worked,
            dict(self._checker.faults),
            tuple(self._checker.shown),
        )

    def _visits(self) -> Iterator[Visit]:
        yield from self._plan.visits
        for number in count(1) if self._plan.again else ():
            for visit in self._plan.visits:
                yield msgspec.structs.replace(visit, sender=f"{visit.sender}-{number}")

    async def _citizens(self, waiting: Iterator[Visit]) -> None:
        connections = {url: Connection(url + PATH, _PATIENCE) for url in self._plan.urls}
        try:
            for visit in waiting:
                if time.perf_counter() >= self._ends:
                    return
                ranked = await self._assistants.ranked(visit.sender)
                for place in range(len(visit.messages)):
                    url = self._shares.order(visit.sender, ranked)[0]
                    with self._shares.turn(url):
                        await self._say(connections[url], visit, place)
        finally:
            for connection in connections.values():
                connection.close()

    async def _say(self, connection: Connection, visit: Visit, place: int) -> None:
        call = {"sender": visit.sender, "message": visit.messages[place].text}
        body = msgspec.json.encode(call)
        started = time.perf_counter()
        try:
            status, reply = await connection.post(body)
        except asyncio.TimeoutError:
            connection.close()
            self._checker.note(Fault.LATE, visit, place, "")
            return
        except (OSError, ValueError) as error:
            connection.close()
            self._checker.note(Fault.UNREACHABLE, visit, place, type(error).__name__)
            return
        took = (time.perf_counter() - started) * 1000
        if self._checker.look(visit, place, status, reply) is None:
            self._times.append(took)


if __name__ == "__main__":
    uvloop.install()
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Plan)
    sys.stdout.buffer.write(msgspec.msgpack.encode(drive(asked)))
