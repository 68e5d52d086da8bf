"""How big the run is: small in the suite, full by ``make faults``."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """``cycle``: seconds a kill, the start after it and the time until the next kill take together, about."""

    kills: int = 8
    messages: int = 160
    citizens: int = 24
    seed: int = 1
    cycle: float = 3.0


def size_asked_for() -> Size:
    """The suite's, unless FAULT_KILLS, FAULT_MESSAGES, FAULT_CITIZENS or FAULT_SEED say otherwise."""
    given = {name: int(os.environ[key]) for name in ("kills", "messages", "citizens", "seed")
             if (key := f"FAULT_{name.upper()}") in os.environ}  # fmt: skip
    return Size(**given)
