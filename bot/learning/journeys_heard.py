"""Reads a conversation as turns with labels: those of reviewers, else what the assistant understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations import log
from bot.conversations.channel import Author
from bot.conversations.log import Entry
from bot.conversations.tables import turn
from bot.conversations.turns import Facts, recorded
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning.digest import folded
from bot.reviews.labels import Label, labels_of_others, own_label
from bot.reviews.verdict import Reason, Verdict

_EARLIER = 40
"""Messages before the first turn that are looked at for its buttons."""


@dataclass(frozen=True)
class Heard:
    """A turn as it may become part of a lesson. ``judged``: by a reviewer; the labels are theirs."""

    turn_id: int
    at: float
    labels: DialogueTurn
    judged: bool


def heard_in(connection: Connection, conversation_id: str, account_id: int, limit: int = 20) -> list[Heard]:
    """The last ``limit`` turns with words, in order. ``account_id``: the reviewer who asks; labels that are
    hidden from them do not show in what they get.
    """
    here = (turn.c.conversation_id == conversation_id) & (turn.c.seq > 0)
    rows = connection.execute(select(turn).where(here).order_by(turn.c.seq.desc()).limit(limit)).all()
    turns = [recorded(row) for row in reversed(rows)]
    if not turns:
        return []
    start = max(0, turns[0].seq - 1 - _EARLIER)
    said = log.entries(connection, conversation_id, start, turns[-1].seq - start)
    found = []
    for one in turns:
        words = next((entry.said.text for entry in said if entry.seq == one.seq), "")
        if not words:
            continue
        label = label_for(connection, one.id, account_id)
        pressed = is_press(words, [entry for entry in said if entry.seq < one.seq])
        labels = labelled(words, pressed, one.facts, label)
        found.append(Heard(one.id, one.at, labels, label is not None))
    return found


def label_for(connection: Connection, turn_id: int, account_id: int) -> Label | None:
    """One's own label of a turn, else the first of the others, where it is not hidden."""
    own = own_label(connection, turn_id, account_id)
    if own:
        return own.label
    others = labels_of_others(connection, turn_id, account_id)
    return others[0].label if others else None


def labelled(words: str, pressed: bool, facts: Facts, label: Label | None) -> DialogueTurn:
    """What a message should get. Of an answer that a reviewer calls wrong nothing is taken over but what the
    reviewer put right.
    """
    say, press = ("", words) if pressed else (words, "")
    trusted = label is None or label.verdict is Verdict.RIGHT
    understood = next((intent for intent in Intent if intent.value == facts.intent), None)
    intent = (label.intent if label else None) or (understood if trusted else None)
    code = (label.procedure_code if label else "") or ((facts.procedure_code or "") if trusted else "")
    if trusted:
        asked_back = True if facts.outcome == Outcome.ASKED_BACK.value else None
    else:
        asked_back = True if label and label.reason is Reason.SHOULD_ASK else None
    return DialogueTurn(say, press, intent, (code,) if code else (), asked_back=asked_back)


def is_press(words: str, before: Sequence[Entry]) -> bool:
    """Whether a message is a button of those under what was said since the citizen's message before it."""
    for entry in reversed(before):
        if entry.author is Author.CITIZEN:
            return False
        if any(folded(button.title) == folded(words) for button in entry.said.buttons):
            return True
    return False
