"""``python -m tests.doubles.gov --port N --state FILE``: prints its address, serves until it is stopped."""

import argparse
import json
import signal
from pathlib import Path
from threading import Event

from tests.doubles.gov.government import Government


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.gov", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--state", type=Path, help="keeps what was received; read again at the start")
    parser.add_argument("--settings", default="{}", help="settings as JSON")
    given = parser.parse_args()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Government(port=given.port, state=given.state, **json.loads(given.settings)) as gov:
        print(gov.url, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
