"""Turns, one after the other in the order they came."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class Turns:
    """Use within one event loop. Who waits for another system (``bot.aside``) keeps nobody waiting."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def run(self, turn: Callable[[], Awaitable[T]]) -> T:
        """What the turn gives or raises. First come, first served."""
        await self._place.acquire()
        # By then the turn is over or waits; and what came meanwhile is in line before the next one begins.
        asyncio.get_running_loop().call_soon(self._place.release)
        return await turn()
