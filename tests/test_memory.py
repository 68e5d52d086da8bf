"""What the province pays for here: machines twice as large as what the assistant holds."""

import asyncio
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from bot.memory import settle, stay_settled

FREED = """
from bot.load.process_tree import memory
from bot.memory import give_back
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
from bot.memory import share_heap
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


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


class Knowing:
    """Knows itself, as parts of a catalogue know each other."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("thawed")
def test_what_stays_is_looked_through_no_more() -> None:
    """All citizens wait while a process looks for garbage among everything it loaded."""
    loaded = [Knowing() for _ in range(1_000)]
    settle()
    assert gc.get_freeze_count() >= len(loaded)
    assert not any(type(thing) is Knowing for thing in gc.get_objects())


@pytest.mark.usefixtures("thawed")
async def test_what_was_replaced_goes_at_the_next_look() -> None:
    """A process would hold every revision of the catalogue it ever answered from."""
    loaded = Knowing()
    settle()
    before = weakref.ref(loaded)
    del loaded
    gc.collect()
    assert before() is not None
    settling = asyncio.create_task(stay_settled(0.001))
    try:
        for _ in range(1_000):
            await asyncio.sleep(0.001)
            if before() is None:
                return
    finally:
        settling.cancel()
    pytest.fail("it is still there")
