"""How a payment can stand and where it can go from there. Pure."""

from enum import Enum


class Way(str, Enum):
    """How the citizen pays."""

    PLATFORM = "platform"
    """On the page of the national payment platform, which tells us how it ended."""
    TRANSFER = "transfer"
    """Into the centre's account with a VietQR code; staff see it on the account, nobody tells us."""


class PaymentState(str, Enum):
    """State of a payment. Shared by code, database, console and metrics."""

    CREATED = "created"
    """Our row exists; whether the platform knows of it is not certain."""
    STARTED = "started"
    """The citizen has a page or a code to pay with."""
    PENDING = "pending"
    """The platform says that it is under way."""
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    """Nobody told for a day how it ended."""
    MISMATCH = "mismatch"
    """Paid, but another sum than was due: staff compare."""


OPEN = frozenset({PaymentState.CREATED, PaymentState.STARTED, PaymentState.PENDING})
"""States in which the citizen may still pay."""

SOURCES = {
    PaymentState.STARTED: frozenset({PaymentState.CREATED}),
    PaymentState.PENDING: frozenset({PaymentState.CREATED, PaymentState.STARTED}),
    PaymentState.FAILED: OPEN,
    PaymentState.EXPIRED: OPEN,
    # Money that arrives late has arrived all the same.
    PaymentState.PAID: OPEN | {PaymentState.FAILED, PaymentState.EXPIRED},
    PaymentState.MISMATCH: OPEN | {PaymentState.FAILED, PaymentState.EXPIRED},
}
"""From which states each state can be reached: only forward; paid and mismatch are final."""
