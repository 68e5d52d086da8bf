"""Closed sets of the gateways, shared by code, database, command line and metrics."""

from enum import Enum


class SubmissionState(str, Enum):
    """Where a dossier for the one-stop system stands with us."""

    OPEN = "open"
    """Prepared; the citizen has still to say who hands it in, and to agree."""
    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """The call ended without an answer: it may have arrived."""
    SENT = "sent"
    REFUSED = "refused"
    WITHDRAWING = "withdrawing"
    """Arrived; the citizen takes it back, and the system is still to be told."""
    WITHDRAWN = "withdrawn"
    DEAD = "dead"
    """Given up: it was never handed over, or never completed."""


WAITING = (SubmissionState.PENDING, SubmissionState.UNKNOWN, SubmissionState.WITHDRAWING)
"""States in which something is to be sent or asked."""
ENDED = frozenset({SubmissionState.REFUSED, SubmissionState.WITHDRAWN, SubmissionState.DEAD})
"""States after which the same draft may be prepared anew."""


class Trouble(str, Enum):
    """Why a submission was given up, beside the causes of the one-stop system."""

    NOT_COMPLETED = "not_completed"
    TOO_LATE = "too_late"
    """The system could not be used for as long as we try."""
    UNREADABLE = "unreadable"
    """Sealed with a key that is gone."""


class RegistrationState(str, Enum):
    """Where an announcement at a counter stands."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class NewsKind(str, Enum):
    """What happened to something a conversation handed in."""

    SENT = "sent"
    """The one-stop system has the dossier; ``code`` is its code."""
    SEND_REFUSED = "send_refused"
    UNDELIVERED = "undelivered"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL_REFUSED = "withdrawal_refused"
    ACCEPTED = "accepted"
    """The counter took the dossier in; ``code`` is its code, or that of the receipt."""
    COUNTER_REFUSED = "counter_refused"
    EXPIRED = "expired"
    """Nobody came with an announced dossier; ``code`` is that of the receipt."""
