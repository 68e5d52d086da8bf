"""Conversations as lessons: how they are written down, and what tries them out. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.evaluation.dialogues.dataset import read_dialogues
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind, DialogueTurn


class JourneyError(ValueError):
    """No conversation that could be measured with; the message says why, in English."""


def plain(turn: DialogueTurn) -> dict[str, Any]:
    """A turn as ``data/evaluation/dialogues_*.jsonl`` has it: without what is not labelled."""
    found: dict[str, Any] = {"say": turn.say} if turn.say else {"press": turn.press}
    if turn.intent:
        found["intent"] = turn.intent.value
    for name, codes in (("procedure_codes", turn.procedure_codes), ("also_codes", turn.also_codes)):
        if codes:
            found[name] = list(codes)
    if turn.picks is not None:
        found["picks"] = turn.picks
    if turn.keeps:
        found["keeps"] = True
    if turn.outcome:
        found["outcome"] = turn.outcome.value
    elif turn.asked_back is not None:
        found["asked_back"] = turn.asked_back
    return found


def line(number: int | str, turns: Sequence[DialogueTurn]) -> dict[str, Any]:
    """A line of ``dialogues_learned.jsonl``."""
    return {"id": f"lesson-{number}", "kind": kind_of(turns).value, "turns": [plain(turn) for turn in turns]}


def read_journey(turns: Sequence[Mapping[str, Any]]) -> Dialogue:
    """The conversation of plain turns; raises ``JourneyError`` where measuring would refuse it."""
    text = json.dumps({"id": "lesson", "kind": DialogueKind.FOLLOW_UP.value, "turns": list(turns)})
    dialogues, refused = read_dialogues([text], "lesson")
    if refused:
        raise JourneyError(refused[0].reason)
    return dialogues[0]


def kind_of(turns: Sequence[DialogueTurn]) -> DialogueKind:
    """What a conversation tries out, by its labels."""
    if any(turn.press or turn.picks is not None for turn in turns):
        return DialogueKind.OPTION_PICKING
    meant = [set(turn.procedure_codes) for turn in turns if turn.procedure_codes]
    if any(turn.also_codes for turn in turns):
        return DialogueKind.TWO_WANTS
    if any(not before & after for before, after in zip(meant, meant[1:], strict=False)):
        return DialogueKind.TOPIC_CHANGE
    return DialogueKind.FOLLOW_UP
