"""How urgent a request for a person is. Pure: from what was understood and how it was written."""

import re
from collections.abc import Collection
from enum import Enum

from bot.answers.guides import DANGER
from bot.answers.intent import Intent
from bot.handoffs.states import Cause, Urgency
from bot.text.shadow import shadow

SURE = 0.3
"""Confidence from which an intent counts, as in the answers; where a life may hang on it, any does."""

_SAFETY = DANGER | {Intent.CORRUPTION_REPORT, Intent.SCAM_ALERT}
_ANGRY = frozenset({Intent.COMPLAINT, Intent.INSULT})
# "Quá hạn" is also said of papers that expired and of late registration: only these kinds are about a dossier
# that was handed in.
_OWN_DOSSIER = frozenset(
    {
        Intent.COMPLAINT,
        Intent.HAND_OFF,
        Intent.DOSSIER_STATUS,
        Intent.ASK_DEADLINE,
        Intent.SUBMISSION_PROBLEM,
        Intent.FEEDBACK,
    }
)
_LATE = re.compile(
    r"(?<!chua )(?<!khong )(?<!chua bi )(?<!khong bi )\b(?:"
    r"(?:tre|qua|lo|sai) (?:ngay )?hen|qua han tra|qua han giai quyet|tra cham|cham tra|cham giai quyet|"
    r"ho so (?:cua )?(?!chua |khong )(?:\w+ )?(?:da |bi |da bi )?(?:qua|tre) han)\b"
    r"|\b(?:chua|khong) tra ket qua\b"
)
_MANY_MARKS = re.compile(r"[!！]\s*[!！]")
_FEWEST_LETTERS = 15
_CAPITALS = 0.8


class Mark(str, Enum):
    """Something in the way a message is written."""

    SHOUTED = "shouted"
    LATE = "late"
    """It says that a dossier should have been finished."""


def marks_of(text: str) -> frozenset[Mark]:
    """The marks of one message. Capitals alone are none: some people cannot write otherwise."""
    found: set[Mark] = set()
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    in_capitals = len(letters) >= _FEWEST_LETTERS and capitals >= _CAPITALS * len(letters)
    if _MANY_MARKS.search(text) or (in_capitals and "!" in text):
        found.add(Mark.SHOUTED)
    if _LATE.search(shadow(text).text):
        found.add(Mark.LATE)
    return frozenset(found)


def urgency_of(intent: Intent, confidence: float, marks: Collection[Mark] = ()) -> Urgency:
    """Safety before an overdue dossier before anger. ``confidence``: of the intent, 0 to 1."""
    is_sure = confidence >= SURE
    if intent in DANGER or (is_sure and intent in _SAFETY):
        return Urgency.SAFETY
    if Mark.LATE in marks and intent in _OWN_DOSSIER:
        return Urgency.OVERDUE
    if Mark.SHOUTED in marks or (is_sure and intent in _ANGRY):
        return Urgency.ANGRY
    return Urgency.NORMAL


def cause_of(intent: Intent) -> Cause:
    """Why a person is wanted after a message of this kind."""
    if intent in _SAFETY:
        return Cause.SAFETY
    if intent in _ANGRY:
        return Cause.COMPLAINT
    return Cause.ASKED if intent is Intent.HAND_OFF else Cause.UNANSWERED
