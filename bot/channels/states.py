"""States of queued messages and the fates of one call to a platform."""

from enum import Enum


class InboxState(str, Enum):
    """Life of a received message."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    """Given up after several tries; the citizen got an apology."""


class OutboxState(str, Enum):
    """Life of one part to be sent."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """The call ended without an answer: it may have arrived."""
    SENT = "sent"
    DEAD = "dead"
    UNREACHABLE = "unreachable"


class Fate(str, Enum):
    """What one call to a platform came to; decides what happens to the part."""

    SENT = "sent"
    RETRY = "retry"
    """Did not arrive; try again after ``retry_after`` or with growing pauses."""
    LATER = "later"
    """Not at this hour; try again after ``retry_after``."""
    OPERATOR = "operator"
    """The channel itself is broken (credentials, licence): stop its queue, raise an alarm, lose nothing."""
    DEAD = "dead"
    """This part can never be sent."""
    UNREACHABLE = "unreachable"
    """This citizen cannot be written to now."""
    UNKNOWN = "unknown"
    """Timed out after the request left: it may have arrived."""
