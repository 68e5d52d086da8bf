"""What citizens lose here: a gateway whose open streams leave no room to let anybody else in."""

import resource
import subprocess
import sys

import pytest

from bot.channels.descriptors import ENOUGH
from bot.channels.web.streams import ALTOGETHER

_TOLD = """
import resource
from bot.channels.descriptors import open_more
open_more()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def _limits(soft: int, hard: int) -> list[int]:
    """Soft and hard limit of a process that began with these."""
    _, own = resource.getrlimit(resource.RLIMIT_NOFILE)
    if own != resource.RLIM_INFINITY and own < hard:
        pytest.skip(f"this machine lets a process have {own} files open")
    ended = subprocess.run(
        [sys.executable, "-c", _TOLD],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(number) for number in ended.stdout.split()]


def test_all_streams_find_room() -> None:
    """1,024 is what a container begins with on many machines."""
    assert ENOUGH > 2 * ALTOGETHER
    assert _limits(1024, 16_384) == [ENOUGH, 16_384]


def test_what_the_operator_forbids_stays_forbidden() -> None:
    assert _limits(256, 2048) == [2048, 2048]


def test_more_than_enough_is_left_alone() -> None:
    assert _limits(10_000, 16_384) == [10_000, 16_384]
