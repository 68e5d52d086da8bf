"""Reading labelled conversations: one JSON object a line, bad lines refused one by one. Pure."""

import json
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dataset import BadLine
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind, DialogueTurn

FEWEST_TURNS, MOST_TURNS = 2, 5


class _Turn(msgspec.Struct, forbid_unknown_fields=True):
    say: str = ""
    press: str = ""
    intent: Intent | None = None
    procedure_codes: list[str] | None = None
    also_codes: list[str] | None = None
    picks: int | None = None
    keeps: bool = False
    outcome: Outcome | None = None
    asked_back: bool | None = None


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    kind: DialogueKind
    turns: list[_Turn]


_DECODER = msgspec.json.Decoder(_Line)


def holds_dialogues(lines: Iterable[str]) -> bool:
    """Whether the first readable line of a JSON Lines text is a conversation and not a single question."""
    for line in lines:
        with suppress(ValueError):
            first = json.loads(line)
            return isinstance(first, dict) and "turns" in first
    return False


def read_dialogues(lines: Iterable[str], file: str) -> tuple[list[Dialogue], list[BadLine]]:
    """Conversations of a JSON Lines text and the lines that were refused; empty lines are passed over.

    A label nobody reads would be lost in silence, so unknown fields are refused like unknown kinds,
    intents and outcomes. A repeated ``id`` is refused.
    """
    dialogues: list[Dialogue] = []
    refused: list[BadLine] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            dialogue = _dialogue(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeError, ValueError) as problem:
            refused.append(BadLine(file, number, str(problem)))
            continue
        if dialogue.id in seen:
            refused.append(
                BadLine(file, number, f"id {dialogue.id} already stands in line {seen[dialogue.id]}")
            )
            continue
        seen[dialogue.id] = number
        dialogues.append(dialogue)
    return dialogues, refused


def _dialogue(line: _Line) -> Dialogue:
    if not line.id.strip():
        raise ValueError("the id is empty")
    if not FEWEST_TURNS <= len(line.turns) <= MOST_TURNS:
        raise ValueError(f"{len(line.turns)} turns, {FEWEST_TURNS} to {MOST_TURNS} are allowed")
    turns = tuple(_turn(turn, f"turn {number}") for number, turn in enumerate(line.turns, start=1))
    if turns[0].press or turns[0].picks is not None or turns[0].keeps:
        raise ValueError("turn 1: nothing was said or offered yet")
    return Dialogue(line.id, line.kind, turns)


def _turn(turn: _Turn, place: str) -> DialogueTurn:
    if bool(turn.say.strip()) == bool(turn.press.strip()):
        raise ValueError(f"{place}: exactly one of say and press is needed")
    codes, also = _codes(turn.procedure_codes, place), _codes(turn.also_codes, place)
    if also and not codes:
        raise ValueError(f"{place}: also_codes without procedure_codes")
    if turn.picks is not None and (turn.picks == 0 or turn.picks < -1):
        raise ValueError(f"{place}: picks is a place from 1, or -1 for the last")
    if bool(codes) + (turn.picks is not None) + turn.keeps > 1:
        raise ValueError(f"{place}: only one of procedure_codes, picks and keeps can say what is meant")
    asks = turn.outcome is Outcome.ASKED_BACK
    if turn.asked_back is not None and turn.outcome is not None and turn.asked_back != asks:
        raise ValueError(f"{place}: asked_back contradicts the outcome")
    asked_back = turn.asked_back if turn.outcome is None else asks
    return DialogueTurn(
        say=turn.say,
        press=turn.press,
        intent=turn.intent,
        procedure_codes=codes,
        also_codes=also,
        picks=turn.picks,
        keeps=turn.keeps,
        outcome=turn.outcome,
        asked_back=asked_back,
    )


def _codes(codes: list[str] | None, place: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(code.strip() for code in codes or ()))
    if not all(found):
        raise ValueError(f"{place}: an empty code")
    return found
