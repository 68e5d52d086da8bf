"""Citizens at the website, each with a browser of their own, some at a time."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import count

import aiohttp

from bot.load.browser import Browser, BrowserError
from bot.load.checker import Checker, Fault
from bot.load.visit import Visit

_PATIENCE = 30.0
_numbers = count()


class Crowd:
    """Holds ``coming`` once. ``times_ms``: of every rightly answered message, from sending it to the last
    text of its answer in the browser.
    """

    def __init__(self, url: str, coming: Sequence[Visit]) -> None:
        """``url``: of the gateway."""
        self._url, self._coming = url, coming
        self.checker = Checker()
        self.times_ms: list[float] = []

    async def run(self, at_once: int) -> None:
        """All of them; who is answered wrongly or not at all says nothing more."""
        waiting = iter(self._coming)
        await asyncio.gather(*(self._citizens(waiting) for _ in range(at_once)))

    async def _citizens(self, waiting: Iterator[Visit]) -> None:
        for visit in waiting:
            place = 0
            try:
                async with Browser.at(self._url, address(next(_numbers))) as browser:
                    for place in range(len(visit.messages)):
                        if not await asyncio.wait_for(self._ask(browser, visit, place), _PATIENCE):
                            break
            except asyncio.TimeoutError:
                self.checker.note(Fault.LATE, visit, place, "")
            except BrowserError as error:
                self.checker.note(Fault.REFUSED, visit, place, str(error))
            except aiohttp.ClientError as error:
                self.checker.note(Fault.UNREACHABLE, visit, place, type(error).__name__)

    async def _ask(self, browser: Browser, visit: Visit, place: int) -> bool:
        """Whether exactly the texts came that this message gets."""
        message, started = visit.messages[place], time.perf_counter()
        await browser.says(message.text)
        for wanted in message.wanted.texts if message.wanted else ():
            heard = await browser.hears()
            if heard != wanted:
                self.checker.note(Fault.OTHER, visit, place, heard)
                return False
        self.times_ms.append((time.perf_counter() - started) * 1000)
        return True


def address(number: int) -> str:
    """One of this machine for each citizen, from 127.1.0.1 on: limits count by it."""
    rest, last = divmod(number, 250)
    return f"127.{1 + rest // 250 % 250}.{rest % 250}.{last + 1}"
