"""The double in a process of its own, for tests that end processes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

from tests.doubles.gov.records import Entry, Kind, Records

ROOT = Path(__file__).resolve().parents[3]


class Outside:
    """``with Outside(file) as gov``: serves at ``gov.url``; ``kill`` and ``start`` again keep the address."""

    def __init__(self, state: Path, **settings: Any) -> None:
        self._state = state
        self._settings = json.dumps(settings)
        self._port = "0"
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> "Outside":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        options = ["--port", self._port, "--state", str(self._state), "--settings", self._settings]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.doubles.gov", *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"the double did not start: exit code {self._process.wait()}")
        self._port = self.url.rsplit(":", 1)[1]

    def kill(self) -> None:
        """At once, as a power cut; what was answered for is in the file."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def call(self, name: str, **arguments: Any) -> Any:
        """A method of ``Driver``; times are ``yyyyMMddHHmmss``. Raises ``requests.HTTPError``."""
        response = requests.post(f"{self.url}/_control/{name}", json=arguments, timeout=15)
        response.raise_for_status()
        return response.json()

    def received(self, *kinds: Kind) -> list[Entry]:
        """Read from the file; works while the process is down."""
        return Records.kept(self._state).of(*kinds)
