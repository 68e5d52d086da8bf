"""A dossier announced to a counter. It says what will be handed in, never by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from bot.gateways.described import Described, ListedPaper
from bot.gateways.states import RegistrationState

PATH = "/phieu-hen"
"""Where receipts are shown."""


@dataclass(frozen=True)
class Registration:
    """``code``: on the receipt; ``token``: address of the receipt; ``day``: on which the citizen wants to
    come, if they said. ``accepted_by``, ``dossier_code``, ``reason``: as the counter settled it.
    """

    code: str
    token: str
    draft_id: str
    conversation_id: str
    described: Described
    state: RegistrationState
    created_at: float
    day: date | None = None
    accepted_by: str | None = None
    dossier_code: str | None = None
    reason: str | None = None


def receipt_url(gateway_url: str, registration: Registration) -> str:
    """Address of a receipt."""
    return f"{gateway_url}{PATH}/{registration.token}"


def registration_of(row: Any) -> Registration:
    """The registration of a row."""
    described = Described(
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        unit=row.unit,
        unit_name=row.unit_name,
        cases=tuple(row.cases),
        papers=tuple(msgspec.convert(row.papers, list[ListedPaper])),
    )
    return Registration(
        code=row.code,
        token=row.token,
        draft_id=row.draft_id,
        conversation_id=row.conversation_id,
        described=described,
        state=RegistrationState(row.state),
        created_at=row.created_at,
        day=row.day,
        accepted_by=row.accepted_by,
        dossier_code=row.dossier_code,
        reason=row.reason,
    )
