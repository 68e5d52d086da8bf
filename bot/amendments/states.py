"""Closed sets of changes of records, shared by code, database and console. Pure."""

from enum import Enum


class AmendmentState(str, Enum):
    """Where a change of a record stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """It waits for its first day."""
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever proposed it."""
    ABSORBED = "absorbed"
    """The source says the same by now."""
    REVERTED = "reverted"
    """It held until somebody took it out again."""
