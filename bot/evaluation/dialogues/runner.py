"""Runs labelled conversations, each with a citizen of its own, as written and in variants."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bot.evaluation.dialogues.dialogue import Dialogue, DialogueTurn
from bot.evaluation.dialogues.got import Got, failed
from bot.evaluation.dialogues.metrics import JudgedDialogue, JudgedTurn, report
from bot.evaluation.variants import VARIANTS, vary


class Speaker(Protocol):
    """Somebody in the middle of a conversation."""

    def says(self, message: str) -> Got:
        """One message and what it got."""

    def presses(self, title: str) -> Got:
        """A button of the last reply and what it got."""


@dataclass(frozen=True)
class DialogueEvaluation:
    """The judged conversations as written and by name of variant."""

    as_written: tuple[JudgedDialogue, ...]
    variants: Mapping[str, tuple[JudgedDialogue, ...]]

    def report(self) -> dict[str, Any]:
        """Figures of ``metrics.report``, with the same keys under ``variants`` by name."""
        return {
            **report(self.as_written),
            "variants": {name: report(judged) for name, judged in self.variants.items()},
        }

    def row_lines(self) -> str:
        """Every message with its labels and what it got, one object a line; as written first."""
        runs = {"": self.as_written, **self.variants}
        return "".join(
            json.dumps({**_row(dialogue, number), "variant": name or None}, ensure_ascii=False) + "\n"
            for name, judged in runs.items()
            for dialogue in judged
            for number in range(len(dialogue.turns))
        )


def run(
    dialogues: Sequence[Dialogue],
    newcomer: Callable[[], Speaker],
    variants: Iterable[str] = (),
    progress: Callable[[int], object] = lambda done: None,
) -> DialogueEvaluation:
    """Hold every conversation, and again in each named variant.

    ``newcomer`` makes the citizen of a fresh conversation; ``progress`` hears of every conversation done.
    Raises ``KeyError`` for an unknown variant.
    """

    def judged(chosen: Iterable[Dialogue]) -> tuple[JudgedDialogue, ...]:
        found: list[JudgedDialogue] = []
        for dialogue in chosen:
            found.append(JudgedDialogue(dialogue, _held(dialogue.turns, newcomer())))
            progress(1)
        return tuple(found)

    names = list(variants)
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise KeyError(unknown[0])
    written = judged(dialogues)
    return DialogueEvaluation(
        written, {name: judged(d.saying(partial(vary, name=name)) for d in dialogues) for name in names}
    )


def _held(turns: Sequence[DialogueTurn], citizen: Speaker) -> tuple[JudgedTurn, ...]:
    judged: list[JudgedTurn] = []
    for turn in turns:
        offered = judged[-1].got.options if judged else ()
        before = (judged[-1].meant or judged[-1].before) if judged else ()
        try:
            got = citizen.says(turn.say) if turn.say else citizen.presses(turn.press)
        # One failing message must show up in the figures, not hide those of all the others.
        except Exception as problem:
            got = failed(turn.said, f"{type(problem).__name__}: {problem}")
        judged.append(JudgedTurn(turn, got, offered, before))
    return tuple(judged)


def _row(dialogue: JudgedDialogue, place: int) -> dict[str, Any]:
    judged = dialogue.turns[place]
    turn = judged.turn
    return {
        "id": dialogue.dialogue.id,
        "kind": dialogue.dialogue.kind.value,
        "turn": place + 1,
        **judged.got.as_dict(),
        "expected_intent": turn.intent.value if turn.intent else None,
        "expected_codes": list(judged.meant),
        "expected_also": list(turn.also_codes),
        "expected_outcome": turn.outcome.value if turn.outcome else None,
        "expected_asked_back": turn.asked_back,
        "verdict": judged.verdict.value,
        "right": judged.right,
    }
