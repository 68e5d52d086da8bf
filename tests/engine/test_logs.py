"""What citizens lose here: their words, kept in a log file where nobody looks for them."""

import subprocess
import sys

PROGRAM = """
from bot.engine.logs import open_logs
open_logs("INFO")
import structlog
said = "word" + "of" + "citizen"
structlog.get_logger().debug("told to nobody")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger().error("turn broke", exc_info=True)
"""


def test_an_error_is_logged_without_what_was_said() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "turn broke" in done.stderr and "ZeroDivisionError" in done.stderr
    assert "wordofcitizen" not in done.stderr and "told to nobody" not in done.stderr
