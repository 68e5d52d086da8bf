"""What a contender makes of a question."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Guess:
    """``codes``: procedures, best first; ``intent``: the kind of question; ``unsure``: the contender would
    rather not decide on that kind.
    """

    codes: tuple[str, ...] = ()
    intent: str | None = None
    unsure: bool = False


Guesser = Callable[[str], Guess]
PLACES = 10
"""Procedures a contender names at most."""
