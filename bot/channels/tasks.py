"""Tasks that run side by side and end together."""

import asyncio


async def finish(tasks: set[asyncio.Task[None]], patience: float) -> None:
    """Let ``tasks`` end by themselves for ``patience`` seconds, then cancel what is left and see it end."""
    if tasks:
        _, left = await asyncio.wait(tasks, timeout=patience)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
