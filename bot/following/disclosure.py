"""What may be shown of a dossier to whom. Pure.

By code alone: state, unit and dates (TT 01/2018/TT-VPCP; NĐ 118/2025/NĐ-CP Điều 5). The serial part of a code
is guessable, so what the procedure is, why something was refused, what is missing and what is owed need a
second factor: the last four digits of an identity number or telephone held in the dossier.
"""

import hmac
import re
from dataclasses import replace

from bot.following.state import DossierState

_FACTOR = re.compile(r"\d{4}")


def public(state: DossierState) -> DossierState:
    """The part anybody with the code may see."""
    supplement = replace(state.supplement, items=()) if state.supplement else None
    return replace(
        state,
        procedure_code="",
        procedure_name="",
        supplement=supplement,
        fees_due=(),
        reason="",
        proofs=(),
    )


def opened(state: DossierState) -> DossierState:
    """The part the owner may see: all but the digits the factor is compared with."""
    return replace(state, proofs=())


def is_factor(text: str) -> bool:
    """Whether a text has the shape of a second factor."""
    return _FACTOR.fullmatch(text) is not None


def proves(factor: str, state: DossierState) -> bool:
    """Whether the digits are among those held; takes as long whichever of them is wrong."""
    same = [hmac.compare_digest(factor.encode(), proof.encode()) for proof in state.proofs]
    return any(same) and is_factor(factor)
