"""``python -m tests.doubles.telegram --port 8081 --options '{"copies": 3}'``: prints its URL, then serves."""

import argparse
import asyncio
import json
import signal

from tests.doubles.telegram.server import FakeTelegram


async def serve(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    options = json.loads(arguments.options)
    telegram = FakeTelegram(arguments.port, start=arguments.start, ticking=not arguments.frozen, **options)
    async with telegram:
        # Whoever started the process waits for this line.
        print(telegram.url, flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.telegram", description="A fake Bot API")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--options", default="{}", help="JSON object, see options.py")
    parser.add_argument("--start", type=float, help="POSIX seconds at which its clock begins")
    parser.add_argument("--frozen", action="store_true", help="the clock moves only when told")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
