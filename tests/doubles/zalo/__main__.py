"""``python -m tests.doubles.zalo --port N``: prints its address when ready, serves until it is stopped."""

import argparse
import asyncio
import json
import signal

from tests.doubles.zalo.server import FakeZalo
from tests.doubles.zalo.settings import Settings


async def _serve(port: int, start: float | None, ticking: bool, settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with FakeZalo(settings, port=port, start=start, ticking=ticking) as zalo:
        print(zalo.url, flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.zalo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--hook", default="", help="where events go")
    parser.add_argument("--start", type=float, help="POSIX seconds the clock shows at first")
    parser.add_argument("--frozen", action="store_true", help="the clock only moves when told to")
    parser.add_argument("--settings", default="{}", help="further settings as JSON")
    given = parser.parse_args()
    settings = Settings().but({"hook_url": given.hook, **json.loads(given.settings)})
    asyncio.run(_serve(given.port, given.start, not given.frozen, settings))


if __name__ == "__main__":
    main()
