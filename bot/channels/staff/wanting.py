"""Whether a turn calls for a person. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.guides import DANGER
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.turns import Facts
from bot.handoffs.states import Cause, Urgency
from bot.handoffs.urgency import cause_of, marks_of, urgency_of

IN_VAIN = 3
"""So many questions in a row without an answer."""
LOOKED_BACK = 8
_SAFETY = DANGER | {Intent.CORRUPTION_REPORT, Intent.SCAM_ALERT}
_CALLING = _SAFETY | {Intent.HAND_OFF, Intent.COMPLAINT}
_ACTED_UPON = 1.0


@dataclass(frozen=True)
class Want:
    """Why a person is wanted and how soon."""

    cause: Cause
    urgency: Urgency


def wanted(facts: Facts, text: str, before: Sequence[str]) -> Want | None:
    """``text``: of the message; ``before``: outcomes of the turns before it, the newest first. None when the
    assistant can go on alone.
    """
    intent = Intent(facts.intent)
    if intent in _CALLING:
        # The assistant acted upon this kind: how sure it was has been weighed there.
        return Want(cause_of(intent), urgency_of(intent, _ACTED_UPON, marks_of(text)))
    if facts.outcome == Outcome.SAFETY.value and intent is not Intent.ILLEGAL_REQUEST:
        # Danger that was answered beside another question.
        return Want(Cause.SAFETY, Urgency.SAFETY)
    if _in_vain([facts.outcome, *before]):
        return Want(Cause.UNANSWERED, urgency_of(intent, facts.confidence, marks_of(text)))
    return None


def _in_vain(outcomes: Sequence[str]) -> bool:
    """Exactly the third, the sixth …: whoever goes on alone is not asked after every question."""
    row = 0
    for outcome in outcomes:
        if outcome != Outcome.NO_DATA.value:
            break
        row += 1
    return row > 0 and row % IN_VAIN == 0
