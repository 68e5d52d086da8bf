"""Faults a test asks for: the next calls go wrong in a stated way."""

import random
from dataclasses import dataclass
from enum import Enum

from tests.doubles.telegram.options import Options


class FaultKind(str, Enum):
    FLOOD = "429"
    SERVER = "500"
    """JSON answer, as from the Bot API itself."""
    GATEWAY = "502"
    """HTML answer, as from the proxy before it."""
    HANG_ACCEPTED = "hang_accepted"
    """The call takes effect; the answer never comes."""
    HANG = "hang"
    """The call takes no effect and no answer comes."""
    RESET = "reset"
    """The connection is reset and the call has no effect."""
    RESET_ACCEPTED = "reset_accepted"
    """The call takes effect, then the connection is reset."""

    @property
    def takes_effect(self) -> bool:
        return self in (FaultKind.HANG_ACCEPTED, FaultKind.RESET_ACCEPTED)


@dataclass
class Fault:
    """``times`` calls still to go wrong (None: until cleared) among those to ``method`` ("": any, "file":
    downloads) and ``user`` (chat; 0: any), after ``skip`` of them. ``chance``: that a call which fits goes
    wrong. ``retry_after`` belongs to 429.
    """

    kind: FaultKind
    times: int | None = 1
    skip: int = 0
    chance: float = 1.0
    method: str = ""
    user: int = 0
    retry_after: int = 1


class Faults:
    """The faults asked for, the oldest first."""

    def __init__(self, options: Options) -> None:
        self._waiting: list[Fault] = []
        self._random = random.Random(options.seed)

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, user: int) -> Fault | None:
        """The fault this call runs into, if any; uses it up."""
        for fault in self._waiting:
            if fault.method.lower() not in ("", method.lower()) or fault.user not in (0, user):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if self._random.random() >= fault.chance:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
            return fault
        return None
