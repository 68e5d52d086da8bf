"""Remarks told after the answer: something personal was sent, or only the start of a message was read."""

import re

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.turn import Turn
from bot.text import MAX_LENGTH

_MASKED = re.compile(r"\*{3,}")
_ALREADY_TOLD = frozenset({Intent.PRIVACY_REQUEST, Intent.SCAM_ALERT, Intent.ACCOUNT_PROBLEM})


def remarks(turn: Turn, intent: Intent) -> tuple[Answer, ...]:
    """Nothing for most messages. A masked number shows as three stars or more (``bot.text.mask``)."""
    found: list[Answer] = []
    if _MASKED.search(turn.text) and intent not in _ALREADY_TOLD:
        found.append(Answer(Outcome.COURTESY, (phrase("utter_personal_data"),)))
    if len(turn.text) >= MAX_LENGTH - 1:
        found.append(Answer(Outcome.COURTESY, (phrase("utter_too_long"),)))
    return tuple(found)
