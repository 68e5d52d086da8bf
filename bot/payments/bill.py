"""A payment as the rest of the program sees it, and what the one-stop record says is owed. Pure."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from bot.following.state import FeeDue
from bot.payments.states import PaymentState, Way


class Standing(str, Enum):
    """What the one-stop record says about the fees of a dossier."""

    OWED = "owed"
    NOTHING = "nothing"
    """There is nothing to pay now."""
    UNPROVEN = "unproven"
    """This conversation has not shown that the dossier is its own, or there is no such dossier: fees are
    more than a code alone may show, and the two must not be told apart.
    """
    UNLISTED = "unlisted"
    """Money is asked for, but the record does not say how much."""
    UNAVAILABLE = "unavailable"
    """The record cannot be reached."""


@dataclass(frozen=True)
class Owed:
    """Fees still to be paid for a dossier; all but ``standing`` only when owed. Codes and names of the
    procedure and of the unit that asks for the money.
    """

    standing: Standing
    items: tuple[FeeDue, ...] = ()
    procedure_code: str = ""
    procedure_name: str = ""
    unit_code: str = ""
    unit_name: str = ""

    @property
    def amount(self) -> int:
        """Sum in đồng."""
        return sum(item.amount for item in self.items)


class Dues(Protocol):
    """The one-stop record's list of fees (DanhSachLePhi)."""

    def of(self, code: str, conversation_id: str) -> Owed:
        """What is owed for a dossier, as far as this conversation may know. Raises nothing."""


@dataclass(frozen=True)
class Order:
    """A payment to begin: ``owed`` of ``dossier``, by a conversation, for a draft if any."""

    dossier: str
    owed: Owed
    conversation_id: str
    draft: str | None = None


@dataclass(frozen=True)
class Bill:
    """A payment. ``link``: where the citizen pays, "" when there is none; times are POSIX seconds."""

    reference: str
    way: Way
    dossier: str
    amount: int
    items: tuple[FeeDue, ...]
    state: PaymentState
    link: str
    created_at: float
    expires_at: float
    settled_at: float | None = None


@dataclass(frozen=True)
class News:
    """What one conversation has to be told. ``amount`` in đồng; ``at``: when it happened."""

    conversation_id: str
    reference: str
    dossier: str
    state: PaymentState
    amount: int
    at: float


class Till(Protocol):
    """Begins payments and knows how they stand."""

    @property
    def ways(self) -> frozenset[Way]:
        """What is set up here."""

    def start(self, order: Order, way: Way) -> Bill | None:
        """The payment of what is owed: the one that is open already, else a new one; None while the platform
        does not answer. Asked twice, it is the same payment.
        """

    def check(self, reference: str) -> Bill | None:
        """How a payment stands now: the platform is asked while it is open. None for an unknown reference;
        references cannot be guessed and are told only to those they concern.
        """
