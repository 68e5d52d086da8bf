"""How big the run is: small in the suite, full by ``make faults``."""

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """``cycle``: seconds a kill, the start after it and the time until the next kill take together, about."""

    kills: int = 8
    messages: int = 160
    citizens: int = 24
    seed: int = 1
    cycle: float = 3.0


SMALL = Size()
SMALLER = Size(kills=5, messages=72)
"""For two processes, which take twice as long to start."""


def size_asked_for(usual: Size) -> Size:
    """The ``usual`` size, unless FAULT_KILLS, FAULT_MESSAGES, FAULT_CITIZENS or FAULT_SEED say otherwise."""
    names = ("kills", "messages", "citizens", "seed")
    given = {name: os.environ.get(f"FAULT_{name.upper()}") for name in names}
    return replace(usual, **{name: int(value) for name, value in given.items() if value})
