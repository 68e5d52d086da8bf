"""What citizens lose here: their turn, when somebody else's failed, or an answer that never comes."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from bot.engine.batching import Batches


async def test_those_who_wait_share_the_next_batch() -> None:
    seen: list[list[int]] = []
    held = threading.Event()

    def work(jobs: Sequence[int]) -> list[int]:
        seen.append(list(jobs))
        held.wait(5)
        return [job * 10 for job in jobs]

    batches = Batches(work)
    first = asyncio.create_task(batches.do(1))
    await asyncio.sleep(0.05)
    rest = [asyncio.create_task(batches.do(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    held.set()
    assert await asyncio.gather(first, *rest) == [10, 20, 30, 40]
    assert seen == [[1], [2, 3, 4]]


async def test_a_batch_has_an_end() -> None:
    seen: list[int] = []

    def work(jobs: Sequence[int]) -> Sequence[int]:
        seen.append(len(jobs))
        return jobs

    batches = Batches(work, most=2)
    assert await asyncio.gather(*(batches.do(number) for number in range(5))) == [0, 1, 2, 3, 4]
    assert seen == [2, 2, 1]


async def test_a_failure_reaches_those_it_concerns_and_no_others() -> None:
    def work(jobs: Sequence[int]) -> Sequence[int]:
        if 1 in jobs:
            raise OSError("the database is away")
        return jobs

    batches = Batches(work)
    with pytest.raises(OSError, match="away"):
        await batches.do(1)
    assert await batches.do(2) == 2


async def test_whoever_gave_up_waiting_stops_nobody_else() -> None:
    held = threading.Event()

    def work(jobs: Sequence[int]) -> Sequence[int]:
        held.wait(5)
        return jobs

    batches = Batches(work)
    gone, stays = asyncio.create_task(batches.do(1)), asyncio.create_task(batches.do(2))
    await asyncio.sleep(0.02)
    gone.cancel()
    held.set()
    assert await stays == 2
