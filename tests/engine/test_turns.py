"""What citizens lose here: their turn in the queue, or an answer because somebody else's takes long."""

import asyncio
import threading
import time

import pytest

from bot.aside import aside, working
from bot.engine.turns import Turns


async def test_the_first_to_come_is_the_first_to_be_answered() -> None:
    turns, order = Turns(), []

    async def turn(number: int) -> None:
        time.sleep(0.002)
        order.append(number)

    await asyncio.gather(*(turns.run(lambda number=number: turn(number)) for number in range(20)))  # type: ignore[misc]
    assert order == list(range(20))


async def test_one_works_at_a_time() -> None:
    """Two that take the processor from each other both end late."""
    turns, working_now, seen = Turns(), [], []

    async def turn() -> None:
        working_now.append(1)
        seen.append(len(working_now))
        time.sleep(0.002)
        working_now.pop()

    await asyncio.gather(*(turns.run(turn) for _ in range(20)))
    assert seen == [1] * 20


async def test_whoever_waits_for_another_system_holds_nobody_up() -> None:
    """A gateway that hangs would otherwise silence the assistant for everybody."""
    turns, release = Turns(), threading.Event()

    async def slow() -> str:
        return "late" if await working(lambda: aside(lambda: release.wait(10))) else "never"

    async def quick() -> str:
        return "soon"

    hanging = [asyncio.create_task(turns.run(slow)) for _ in range(3)]
    assert await asyncio.wait_for(turns.run(quick), 5) == "soon"
    assert not any(task.done() for task in hanging)
    release.set()
    assert await asyncio.gather(*hanging) == ["late"] * 3


async def test_a_failure_reaches_who_asked_and_frees_its_place() -> None:
    turns = Turns()

    async def broken() -> None:
        raise ValueError("broken")

    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            await turns.run(broken)


async def test_whoever_gives_up_waiting_takes_no_place() -> None:
    turns, answered = Turns(), []

    async def turn(number: int) -> None:
        answered.append(number)

    tasks = [asyncio.create_task(turns.run(lambda number=number: turn(number))) for number in range(4)]  # type: ignore[misc]
    await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[2].cancel()
    assert isinstance((await asyncio.gather(*tasks, return_exceptions=True))[1], asyncio.CancelledError)
    assert answered == [0, 3]


async def test_the_loop_of_many_is_looked_after_between_two_turns() -> None:
    """Health checks that go unanswered end the process, however many citizens wait."""
    turns, done, seen = Turns(), [], []

    async def turn() -> None:
        done.append(1)

    async def health() -> None:
        while len(done) < 20:
            seen.append(len(done))
            await asyncio.sleep(0)

    await asyncio.gather(health(), *(turns.run(turn) for _ in range(20)))
    assert set(range(20)) <= {*seen, 0}
