"""How a call to the one-stop system can fail: a closed set."""

from enum import Enum

from bot.text import clean, mask

_LONGEST = 200


class Cause(str, Enum):
    """Why the system could not be used. Shared by code, database and metrics."""

    CONNECTION = "connection"
    TIMEOUT = "timeout"
    MAINTENANCE = "maintenance"
    SERVER_ERROR = "server_error"
    HTML = "html"
    """A page where data was due."""
    REDIRECT = "redirect"
    """Sent on to another address, most often a page to log in."""
    MALFORMED = "malformed"
    """Data cut off or of another shape."""
    LOGIN = "login"
    """The system does not give us a session."""
    BREAKER = "breaker"
    """Not called: it failed too often a moment ago."""


class UnavailableError(Exception):
    """The system gave no answer that counts. ``arrived``: the request may have had an effect all the same."""

    def __init__(self, cause: Cause, arrived: bool = False) -> None:
        super().__init__(cause.value)
        self.cause, self.arrived = cause, arrived


class RefusedError(Exception):
    """The system understood and said no. ``code`` is its own; ``message`` is masked and cut."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code[:20], mask(clean(message))[:_LONGEST]
        super().__init__(self.code)


class NotFoundError(Exception):
    """There is no such dossier or procedure, or we may not see it: the system does not say which."""
