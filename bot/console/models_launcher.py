"""Starts the process of a run of "train and compare"."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from bot.settings import Settings


@dataclass(frozen=True)
class Launcher:
    """``root``: folder of the project."""

    root: Path
    settings: Settings

    def launch(self, run_id: int) -> None:
        """A process in a session of its own: it outlives the console. Raises ``OSError``."""
        log = self.root / self.settings.log_dir / "train-and-compare.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "models", "train-and-compare", str(run_id)],
                cwd=self.root,
                env=self.settings.process_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        # Nobody waits for its end but the system: without this it would stay listed as a dead process.
        threading.Thread(target=process.wait, daemon=True).start()


def launcher_of(request: Request) -> Launcher:
    found = request.app.state.launcher
    assert isinstance(found, Launcher)
    return found
