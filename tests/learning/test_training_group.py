"""Cancelling ends the training and what it started, and nothing of whoever started it."""

import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

PROGRAM = """
import subprocess, sys, time
from pathlib import Path
from bot.learning.training_group import end_group, lead_group
lead_group()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path(sys.argv[1]).write_text(str(child.pid))
end_group()
time.sleep(60)
"""


def state(pid: str) -> str:
    """Of a process as the system lists it; Z and X: ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def test_the_group_ends_and_nobody_else(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    beside = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        ended = subprocess.run([sys.executable, "-c", PROGRAM, str(noted)], cwd=ROOT, check=False, timeout=30)
        assert ended.returncode == -15
        until = time.monotonic() + 10
        while state(noted.read_text()) not in "ZX" and time.monotonic() < until:
            time.sleep(0.02)
        assert state(noted.read_text()) in "ZX"
        assert beside.poll() is None
    finally:
        beside.kill()
        beside.wait()
