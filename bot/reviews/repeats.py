"""Questions that were asked before: the citizen came back for the same, so the answer did not help. Pure.

A turn *asks again* when an earlier turn of the same conversation (which is the citizen's, over all channels
they linked), at most seven days before,

* was about the same procedure with the same intent, or
* had the same words: folded, without punctuation, at least ``LEAST_WORDS`` of them.

Asking for the fee of a procedure and then for its papers is no repetition. Remarks (a greeting, a yes, a
choice) and messages the assistant was not asked never are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.intent import Intent
from bot.text.fold import clean, fold

WITHIN_SECONDS = 7 * 86_400.0
LEAST_WORDS = 3
_WORD = re.compile(r"\w+")
_REMARKS = frozenset(
    intent.value
    for intent in (
        Intent.GREET,
        Intent.THANKS,
        Intent.GOODBYE,
        Intent.AFFIRM,
        Intent.DENY,
        Intent.SELECT_OPTION,
        Intent.RESTART,
    )
)


@dataclass(frozen=True)
class Asked:
    """A turn as far as it matters here. ``text``: the citizen's message as it is kept."""

    id: int
    conversation_id: str
    at: float
    intent: str
    procedure_code: str | None
    text: str


def asked_again(turns: Iterable[Asked]) -> frozenset[int]:
    """Ids of the turns that ask again, judged by these turns alone: give those of the week before too."""
    again: set[int] = set()
    last: dict[tuple[str, ...], float] = {}
    for turn in sorted(turns, key=lambda one: (one.at, one.id)):
        for subject in _subjects(turn):
            if subject in last and turn.at - last[subject] <= WITHIN_SECONDS:
                again.add(turn.id)
            last[subject] = turn.at
    return frozenset(again)


def _subjects(turn: Asked) -> list[tuple[str, ...]]:
    if not turn.intent or turn.intent in _REMARKS:
        return []
    found: list[tuple[str, ...]] = []
    if turn.procedure_code:
        found.append((turn.conversation_id, "procedure", turn.intent, turn.procedure_code))
    words = _WORD.findall(fold(clean(turn.text)))
    if len(words) >= LEAST_WORDS:
        found.append((turn.conversation_id, "words", " ".join(words)))
    return found
