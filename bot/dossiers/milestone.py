"""Steps of a dossier that are counted (the funnel from a question to the result in hand)."""

from enum import Enum


class Milestone(str, Enum):
    """A step reached, once per draft."""

    IDENTIFIED = "identified"
    """The procedure is settled and a draft begun."""
    CHECKLIST = "checklist"
    """The citizen has seen the papers of their case."""
    READY = "ready"
    OPENED = "opened"
    """The link to the portal or the receipt of the counter was opened."""
    SUBMITTED = "submitted"
    """The citizen told a dossier code, or the gateway has one."""
    ACCEPTED = "accepted"
    RETURNED = "returned"
    """The result is in hand."""
    GAVE_UP = "gave_up"


class DropOff(str, Enum):
    """Why somebody did not go on, asked with one tap."""

    NO_ACCOUNT = "no_account"
    WRONG_AGENCY = "wrong_agency"
    MISSING_PAPER = "missing_paper"
    CANNOT_SCAN = "cannot_scan"
    FEE = "fee"
    PORTAL_ERROR = "portal_error"
    GAVE_UP = "gave_up"
    PREFERS_COUNTER = "prefers_counter"
    UNKNOWN = "unknown"
