"""Closed sets of the upkeep of the catalogue, shared by code, database, console and metrics. Pure."""

from enum import Enum


class LinkState(str, Enum):
    """What came of asking for an address."""

    ALIVE = "alive"
    MOVED = "moved"
    """It leads elsewhere for good."""
    GONE = "gone"
    """404 or 410."""
    FAILING = "failing"
    """Any other refusal, or no answer at all."""
    FORBIDDEN = "forbidden"
    """Not an address we may ask for."""


class Need(str, Enum):
    """What the editors of the catalogue are asked for."""

    MISSING_RECORD = "missing_record"
    MISSING_FACT = "missing_fact"
    OTHER_NAME = "other_name"
    STALE = "stale"
    OTHER = "other"


class OrderState(str, Enum):
    """Where a request to the editors stands."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
