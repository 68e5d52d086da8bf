"""What the conversation about a dossier needs from outside, and the closed sets of its answers."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from bot.following.state import DossierState


class Absence(Enum):
    """Why a source has no state."""

    UNKNOWN = "unknown"
    """There is no such dossier, or we may not see it: deliberately one answer."""
    UNAVAILABLE = "unavailable"
    """The source gave no answer that counts."""


class Source(Protocol):
    """A system that knows dossiers (the one-stop system)."""

    def find(self, code: str) -> DossierState | Absence:
        """How a dossier stands, everything included; raises nothing."""


@dataclass(frozen=True)
class Ask:
    """A look-up. ``person``: the address asking, by channel; ``message_id``: of the turn, so that running it
    again is not a second look-up; ``factor``: four digits, neither stored nor logged.
    """

    conversation_id: str
    person: str
    message_id: str
    code: str
    factor: str | None = field(default=None, repr=False)
    draft_id: str | None = None
    procedure_code: str | None = None


@dataclass(frozen=True)
class Found:
    """``fresh`` False: what was known at ``state.as_of``, the system does not answer now. ``opened``: the
    second factor was right, so ``state`` has everything but the proofs; else only its public part.
    """

    state: DossierState
    fresh: bool = True
    opened: bool = False


@dataclass(frozen=True)
class NotFound:
    """Unknown or not to be seen: one answer for both."""


@dataclass(frozen=True)
class Unavailable:
    """No system is connected or it does not answer, and nothing is known from before."""

    connected: bool = True


@dataclass(frozen=True)
class TooMany:
    """Too many look-ups; ``wait`` seconds until the next one."""

    wait: int


@dataclass(frozen=True)
class WrongFactor:
    """Other digits than those held; ``left`` attempts for this code within the hour."""

    left: int


@dataclass(frozen=True)
class Locked:
    """Too many wrong digits for this code; ``wait`` seconds. Even right ones are not looked at."""

    wait: int


@dataclass(frozen=True)
class Sealed:
    """The dossier holds nothing to compare digits with: details are on the portal alone."""


Result = Found | NotFound | Unavailable | TooMany | WrongFactor | Locked | Sealed


class Lookups(Protocol):
    """Look-ups within the limits, noted in the audit log."""

    @property
    def connected(self) -> bool:
        """Whether there is a system to ask at all."""

    def find(self, ask: Ask) -> Result:
        """How a dossier stands, as far as it may be shown."""


@dataclass(frozen=True)
class FollowedDossier:
    """A dossier this conversation has asked about. ``state``: its public part as last known.
    ``watching``: the citizen wants to hear when it changes. ``appointments``: due days told so far.
    """

    code: str
    watching: bool = False
    state: DossierState | None = None
    procedure_code: str | None = None
    draft_id: str | None = None
    appointments: int = 0


class Followed(Protocol):
    """The dossiers of a conversation."""

    def all(self, conversation_id: str) -> tuple[FollowedDossier, ...]:
        """Those asked about, the last one first."""

    def watch(self, conversation_id: str, code: str) -> bool:
        """Keep an eye on it; False when it was never found here."""

    def stop(self, conversation_id: str, code: str) -> None:
        """Forget it."""
