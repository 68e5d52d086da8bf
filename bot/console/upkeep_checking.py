"""Checks of addresses by the console: one on demand, many each night."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime
from threading import Event

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from bot.channels.tasks import trace
from bot.console.context import Console
from bot.console.listing import zone_of
from bot.pages.limits import AddressLimiter
from bot.staff.audit import SYSTEM
from bot.upkeep.links import LinkChecker
from bot.upkeep.links_round import OLDER_THAN_DAYS, Uses, check_due

logger = logging.getLogger(__name__)

A_NIGHT = 400
"""Addresses: at some two seconds each they are through in a quarter of an hour."""
NIGHT = range(1, 5)
"""Hours in which few people use the sites that are asked."""
_LOOK_SECONDS = 600.0
_PER_MINUTE = 6


class LinkDesk:
    """``checker`` asks; ``uses``: whose addresses; ``limiter``: by login of who asks for one by hand."""

    def __init__(self, console: Console) -> None:
        self.checker = LinkChecker()
        self.uses = Uses()
        self.limiter = AddressLimiter(console.now, ((_PER_MINUTE, 60.0),))
        self._console = console
        self._stopped = Event()
        self._last: date | None = None

    def tonight(self) -> bool:
        """Whether it is night where the citizens are and nothing was asked in it; True once a night."""
        local = datetime.fromtimestamp(self._console.now(), zone_of(self._console))
        if local.hour not in NIGHT or self._last == local.date():
            return False
        self._last = local.date()
        return True

    def check(self) -> None:
        """Ask for the addresses of one night; ends early when the console does."""
        engine, now = self._console.work.engine, self._console.now
        stopped = self._stopped.is_set
        check = self.checker.check
        found = check_due(
            engine, SYSTEM, check, A_NIGHT, OLDER_THAN_DAYS, now, stopped=stopped, uses=self.uses
        )
        logger.info("links: %s", {state.value: count for state, count in found.items()})

    @asynccontextmanager
    async def nightly(self) -> AsyncIterator[None]:
        """Checks in the background while the block runs, where the installation wants it."""
        if not self._console.settings.link_checks:
            yield
            return
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._stopped.set()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        while True:
            if self.tonight():
                try:
                    await run_in_threadpool(self.check)
                except Exception as error:
                    # One night is lost, not all that follow.
                    logger.error("links were not checked: %s", trace(error))
            await asyncio.sleep(_LOOK_SECONDS)


def link_desk_of(request: Request) -> LinkDesk:
    found = request.app.state.links
    assert isinstance(found, LinkDesk)
    return found
