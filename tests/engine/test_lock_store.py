"""What citizens lose here: seconds of waiting, the order of their messages, or a conversation that hangs."""

import asyncio
import time

import pytest
from rasa.core.lock_store import LockError

from bot.engine.lock_store import QueueLockStore


async def hold(store: QueueLockStore, who: str, name: str, done: list[str], seconds: float = 0.01) -> None:
    async with store.lock(who):
        done.append(f"{name} in")
        await asyncio.sleep(seconds)
        done.append(f"{name} out")


async def test_messages_of_one_citizen_follow_each_other_in_order() -> None:
    store, done = QueueLockStore(), list[str]()
    await asyncio.gather(*(hold(store, "a", str(number), done) for number in range(4)))
    assert done == [f"{number} {way}" for number in range(4) for way in ("in", "out")]
    assert store._waiting == {}


async def test_nobody_waits_for_another_citizen() -> None:
    store, done = QueueLockStore(), list[str]()
    await asyncio.gather(hold(store, "a", "a", done), hold(store, "b", "b", done))
    assert done[:2] == ["a in", "b in"]


async def test_whoever_waits_is_woken_and_does_not_look_again_after_a_second() -> None:
    store, began = QueueLockStore(), time.monotonic()
    await asyncio.gather(*(hold(store, "a", str(number), []) for number in range(4)))
    assert time.monotonic() - began < 0.9


async def test_a_turn_that_fails_lets_the_next_one_in() -> None:
    store, done = QueueLockStore(), list[str]()

    async def fails() -> None:
        async with store.lock("a"):
            await asyncio.sleep(0.01)
            raise OSError

    results = await asyncio.gather(fails(), hold(store, "a", "next", done), return_exceptions=True)
    assert isinstance(results[0], OSError) and done == ["next in", "next out"]


async def test_waiting_has_an_end_and_takes_no_place() -> None:
    store, done = QueueLockStore(), list[str]()
    first = asyncio.create_task(hold(store, "a", "first", done, 0.1))
    await asyncio.sleep(0)
    with pytest.raises(LockError):
        async with store.lock("a", lock_lifetime=0.02):
            pytest.fail("nobody may come in")
    await first
    await hold(store, "a", "third", done)
    assert done[-1] == "third out" and store._waiting == {}


async def test_who_is_cancelled_while_waiting_takes_no_place() -> None:
    store, done = QueueLockStore(), list[str]()
    first = asyncio.create_task(hold(store, "a", "first", done, 0.05))
    await asyncio.sleep(0)
    second = asyncio.create_task(hold(store, "a", "second", done))
    third = asyncio.create_task(hold(store, "a", "third", done))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.gather(first, third)
    assert done == ["first in", "first out", "third in", "third out"] and store._waiting == {}
