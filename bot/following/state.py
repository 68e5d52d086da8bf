"""How a dossier stands, as told by the system that processes it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.following.status import DossierStatus


@dataclass(frozen=True)
class Supplement:
    """A request to hand in more. ``items``: what is asked for, in the words of the agency; ``due_at``: as
    the agency set it, None where only the general rule of 15 days holds.
    """

    items: tuple[str, ...]
    noticed_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class FeeDue:
    """A fee that is still to be paid. ``amount`` in đồng."""

    name: str
    amount: int
    code: str = ""


@dataclass(frozen=True)
class DossierState:
    """A dossier at ``as_of``. All times are aware (UTC+7); what the system does not tell is None or "".

    ``status_text``: the state as the system wrote it. ``supplement``: the open request, if any. ``reason``:
    why it was refused or stopped. ``proofs``: last four digits of the identity numbers and telephones held
    in the dossier, to compare a second factor with; neither stored nor shown nor logged.
    """

    code: str
    procedure_code: str
    status: DossierStatus
    as_of: datetime
    status_text: str = ""
    procedure_name: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    unit_code: str = ""
    unit_name: str = ""
    supplement: Supplement | None = None
    fees_due: tuple[FeeDue, ...] = ()
    reason: str = field(default="", repr=False)
    proofs: tuple[str, ...] = field(default=(), repr=False)
