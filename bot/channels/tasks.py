"""Tasks that run side by side, end together and outlive trouble."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


async def finish(tasks: set[asyncio.Task[None]], patience: float) -> None:
    """Let ``tasks`` end by themselves for ``patience`` seconds, then cancel what is left and see it end."""
    if tasks:
        _, left = await asyncio.wait(tasks, timeout=patience)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def insist(work: Callable[[], Awaitable[None]], pauses: tuple[float, ...] = (0.1, 1.0, 5.0)) -> None:
    """Do ``work``, again after each pause while it fails; the last failure is logged."""
    for pause in (*pauses, None):
        try:
            await work()
            return
        except Exception as error:
            if pause is None:
                logger.error("given up: %s", trace(error))
                return
        await asyncio.sleep(pause)


def trace(error: BaseException) -> str:
    """The kind of an error and where it happened. Without its message: those of the database quote the
    parameters, which are texts of citizens.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{where}"
