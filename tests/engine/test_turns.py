"""What citizens lose here: their turn in the queue, or an answer because somebody else's takes long."""

import asyncio
import threading
import time

import pytest

from bot.engine.turns import TurnLoop, Turns


async def test_the_first_to_come_is_the_first_to_be_answered() -> None:
    turns, order = Turns(at_once=1), []

    async def turn(number: int) -> None:
        time.sleep(0.002)
        order.append(number)

    await asyncio.gather(*(turns.run(lambda number=number: turn(number)) for number in range(20)))  # type: ignore[misc]
    assert order == list(range(20))


async def test_no_more_work_at_once_than_allowed() -> None:
    turns, working, seen = Turns(at_once=2), [], []

    async def turn() -> None:
        working.append(1)
        seen.append(len(working))
        time.sleep(0.005)
        working.pop()

    await asyncio.gather(*(turns.run(turn) for _ in range(20)))
    assert max(seen) == 2


async def test_whoever_waits_for_another_system_holds_nobody_up() -> None:
    """A gateway that hangs would otherwise silence the assistant for everybody."""
    turns, release = Turns(at_once=1, patience=0.02), threading.Event()

    async def slow() -> str:
        return "late" if release.wait(10) else "never"

    async def quick() -> str:
        return "soon"

    hanging = [asyncio.create_task(turns.run(slow)) for _ in range(3)]
    assert await asyncio.wait_for(turns.run(quick), 5) == "soon"
    assert not any(task.done() for task in hanging)
    release.set()
    assert await asyncio.gather(*hanging) == ["late"] * 3


async def test_a_failure_reaches_who_asked_and_frees_its_place() -> None:
    turns = Turns(at_once=1)

    async def broken() -> None:
        raise ValueError("broken")

    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            await turns.run(broken)


async def test_whoever_gives_up_waiting_takes_no_place() -> None:
    turns, release = Turns(at_once=1, patience=10), threading.Event()

    async def holding() -> bool:
        return release.wait(10)

    async def quick() -> str:
        return "answered"

    first = asyncio.create_task(turns.run(holding))
    await asyncio.sleep(0.01)
    given_up = asyncio.create_task(turns.run(quick))
    await asyncio.sleep(0.01)
    given_up.cancel()
    release.set()
    assert await first and await asyncio.wait_for(turns.run(quick), 5) == "answered"
    with pytest.raises(asyncio.CancelledError):
        await given_up


async def test_the_loop_of_many_goes_on_while_a_turn_works() -> None:
    """Health checks that go unanswered end the process."""
    turns, release = Turns(), threading.Event()

    async def working() -> bool:
        return release.wait(10)

    turn = asyncio.create_task(turns.run(working))
    for _ in range(5):
        await asyncio.sleep(0.001)
    assert not turn.done()
    release.set()
    assert await turn


def test_what_a_turn_does_aside_is_done_in_its_own_thread() -> None:
    here = threading.get_ident()

    async def turn() -> tuple[int, int]:
        loop = asyncio.get_running_loop()
        return await asyncio.to_thread(threading.get_ident), await loop.run_in_executor(
            None, threading.get_ident
        )

    async def failing() -> None:
        await asyncio.to_thread(int, "x")

    loop = TurnLoop()
    assert loop.run_until_complete(turn()) == (here, here)
    with pytest.raises(ValueError, match="invalid literal"):
        loop.run_until_complete(failing())
    loop.close()
