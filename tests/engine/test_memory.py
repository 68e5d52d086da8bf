"""What the province pays for here: machines twice as large as what the assistant holds."""

import subprocess
import sys

import pytest

PROGRAM = """
from bot.load.process_tree import memory
from bot.engine.memory import give_back
import os
held = [bytes(1000) for _ in range(100_000)]
kept = held[::1000]
del held
before = memory([os.getpid()]).rss
give_back()
print(before - memory([os.getpid()]).rss)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc keeps what was freed")
def test_what_loading_took_is_given_back() -> None:
    """Some 100 MB were taken, one in a thousand pieces is kept: most of it goes back."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 50
