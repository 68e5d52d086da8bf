"""Error codes of the one-stop protocol. Only 0 is known for certain; clients must go by the message too."""

from enum import IntEnum
from typing import Literal


class Code(IntEnum):
    OK = 0
    SESSION = -1
    """The session is unknown or has ended (assumed)."""
    HEADER = -2
    """``dstcode`` or the character set is missing or wrong (assumed)."""
    INVALID = -3
    """Data that are refused, among them a wrong password (seen, meaning assumed)."""
    EXISTS = 3
    """The dossier is known already and ``isUpdating`` was False (seen, meaning assumed)."""
    MISSING = 4
    """The dossier is not known (assumed)."""
    SERVICE = 5
    """There is no such service (assumed)."""


class RefusedError(Exception):
    """A call that is answered with an error; ``args``: the message."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


def written(code: int, how: Literal["number", "string", "padded"]) -> int | str:
    """``Code`` as the systems write it: 3, "3" or "03"; negative ones are never padded."""
    if how == "number":
        return int(code)
    return f"{int(code):02d}" if how == "padded" and code >= 0 else str(int(code))
