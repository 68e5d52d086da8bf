"""Where a reminder stands."""

from enum import Enum


class State(str, Enum):
    """Life of a reminder."""

    WAITING = "waiting"
    HELD = "held"
    """It may not or cannot be sent: told first thing when the citizen writes next."""
    SENT = "sent"
    SKIPPED = "skipped"
    """Its time was over, or a later one said the same."""
    CANCELLED = "cancelled"


class Told(str, Enum):
    """How a reminder was told."""

    NOTICE = "notice"
    """We wrote first."""
    ANSWER = "answer"
    """Into a conversation that was going on, about what the citizen had just done."""
    VISIT = "visit"
    """When the citizen wrote next."""
