"""When Zalo lets an account write to a citizen, counted from what the citizen last did. Pure.

48 hours free, until seven days billed as consultation, then only approved templates (API error -230).
"""

from enum import Enum

FREE_SECONDS = 48 * 3600.0
OPEN_SECONDS = 7 * 24 * 3600.0


class Purpose(Enum):
    """Why we write."""

    REPLY = "reply"
    """The citizen asked."""
    NOTICE = "notice"
    """On our own account: a reminder, news of a dossier."""


class Way(Enum):
    """What may be used."""

    FREE = "free"
    BILLED = "billed"
    TEMPLATE = "template"
    NONE = "none"
    """The window is closed until the citizen writes again."""


def way(purpose: Purpose, heard_at: float, now: float, anonymous: bool = False) -> Way:
    """``heard_at``: the citizen's last message, tap or follow. A notice costs a template outside of the free
    window; anonymous visitors get replies only.
    """
    quiet = now - heard_at
    if purpose is Purpose.REPLY:
        return Way.FREE if quiet <= FREE_SECONDS else Way.BILLED if quiet <= OPEN_SECONDS else Way.NONE
    if anonymous:
        return Way.NONE
    return Way.FREE if quiet <= FREE_SECONDS else Way.TEMPLATE


def closes_at(heard_at: float) -> float:
    """Until when a reply may be sent."""
    return heard_at + OPEN_SECONDS
