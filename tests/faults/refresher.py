"""One of several processes whose Zalo token has run out: ``python -m tests.faults.refresher <owner>``.

Prints "ready", waits for a line, then asks Zalo who we are; prints the fate and the error.
"""

import asyncio
import sys
import time

from bot.channels.store import Store
from bot.channels.zalo.adapter import ZaloAdapter
from bot.database import connect
from bot.settings import get_settings


async def main(owner: str) -> None:
    settings = get_settings()
    store = Store(connect(settings.database_url, durable=True))
    adapter = ZaloAdapter(settings, store.run, time.time, owner, str)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    checked = await adapter.check()
    print(checked.fate.value, checked.error, flush=True)
    await adapter.close()
    store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
