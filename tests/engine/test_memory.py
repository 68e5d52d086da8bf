"""What the province pays for here: machines twice as large as what the assistant holds."""

import subprocess
import sys

import pytest

FREED = """
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

SHARED = """
import sys, threading
from bot.engine.memory import share_heap
if sys.argv[1] == "shared":
    share_heap()
held = []
thread = threading.Thread(target=lambda: held.append(bytes(50_000)))
thread.start()
thread.join()
heap = next(line.split()[0] for line in open("/proc/self/maps") if line.endswith("[heap]\\n"))
first, end = (int(edge, 16) for edge in heap.split("-"))
print(first <= id(held[0]) < end)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc keeps what was freed")
def test_what_loading_took_is_given_back() -> None:
    """Some 100 MB were taken, one in a thousand pieces is kept: most of it goes back."""
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 50


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc has a heap for each thread")
@pytest.mark.parametrize(("how", "inside"), [("shared", "True"), ("apart", "False")])
def test_threads_share_one_heap(how: str, inside: str) -> None:
    """What one thread gave back another can use."""
    done = subprocess.run([sys.executable, "-c", SHARED, how], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == inside
