"""Everything of deploy/compose.yml in containers of this machine, under a name of its own."""

import json
import os
import secrets
import shutil
import subprocess
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.manifests import COMPOSE, OUR_IMAGE
from tests.deploy.proxy import certificate

PROJECT = f"{OUR_IMAGE}-check"
IMAGE = f"{OUR_IMAGE}:check"
_BUILD_SECONDS = 3600
_START_SECONDS = 180


@dataclass(frozen=True)
class Container:
    """``service``: its name in the compose file. ``health``: empty where nobody asks for it."""

    id: str
    service: str
    running: bool
    exit_code: int
    health: str
    user: str


def needed() -> None:
    """Skips where containers are not asked for, or cannot be had."""
    if not os.environ.get("CONTAINERS"):
        pytest.skip(
            "only `make containers` runs these: they build the image and take the ports 80, 443 and 8090"
        )
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed")
    for asked in (["docker", "version"], ["docker", "compose", "version"]):
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if answer.returncode:
            pytest.skip(f"`{' '.join(asked)}` says: {answer.stderr.strip()}")


class Stack:
    """``folder``: for the settings and a certificate made for the moment."""

    def __init__(self, folder: Path) -> None:
        tls = folder / "tls"
        tls.mkdir()
        certificate(tls)
        # The proxy is not root in its container.
        for path in (tls, *tls.iterdir()):
            path.chmod(0o755)
        self._settings = folder / "check.env"
        self._settings.write_text(
            f"IMAGE={IMAGE}\nASSISTANTS=2\nSERVER_NAME=localhost\nTLS_DIR={tls}\n"
            + "".join(
                f"{name}={secrets.token_hex(24)}\n"
                for name in ("POSTGRES_PASSWORD", "BOT_RELAY_SECRET", "BOT_WEB_SECRET")
            )
            + f"BOT_VAULT_KEY={urlsafe_b64encode(secrets.token_bytes(32)).decode()}\n"
        )

    def compose(self, *words: str, seconds: float = _START_SECONDS) -> str:
        """What ``docker compose`` prints. Fails with what it says of an error."""
        told = [
            "docker",
            "compose",
            "-p",
            PROJECT,
            "--env-file",
            str(self._settings),
            "-f",
            str(COMPOSE),
            *words,
        ]
        ended = subprocess.run(told, capture_output=True, text=True, check=False, timeout=seconds)
        assert ended.returncode == 0, ended.stderr[-2000:]
        return ended.stdout

    def build(self) -> None:
        self.compose("build", seconds=_BUILD_SECONDS)

    def containers(self) -> list[Container]:
        """Those of every service, also of ones that ended."""
        ids = self.compose("ps", "--all", "--quiet").split()
        return [_container(told) for told in json.loads(_docker("inspect", *ids))] if ids else []

    def of(self, service: str) -> Container:
        """The first container of a service."""
        return next(one for one in self.containers() if one.service == service)

    def wait_until_healthy(self) -> float:
        """Seconds until everything that goes on running is healthy."""
        began = time.monotonic()
        while time.monotonic() < began + _START_SECONDS:
            serving = [one for one in self.containers() if one.service != "prepare"]
            if all(one.health == "healthy" for one in serving):
                return time.monotonic() - began
            time.sleep(1)
        raise AssertionError(self.compose("logs", "--tail", "20"))

    def memory(self) -> str:
        """A line for each container."""
        ids = [one.id for one in self.containers() if one.running]
        return _docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", *ids)


def image_mb() -> int:
    """Size of the image that was built."""
    return int(_docker("image", "inspect", "--format", "{{.Size}}", IMAGE)) // 1_000_000


def _docker(*words: str) -> str:
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True).stdout


def _container(told: dict[str, Any]) -> Container:
    state = told["State"]
    return Container(
        id=told["Id"],
        service=told["Config"]["Labels"]["com.docker.compose.service"],
        running=state["Running"],
        exit_code=state["ExitCode"],
        health=state.get("Health", {}).get("Status", ""),
        user=told["Config"]["User"],
    )
