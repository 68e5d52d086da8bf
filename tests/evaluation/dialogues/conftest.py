"""Builders of judged messages and conversations for tests."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind, DialogueTurn
from bot.evaluation.dialogues.got import Got
from bot.evaluation.dialogues.metrics import JudgedDialogue, JudgedTurn


@pytest.fixture
def judged() -> Callable[..., JudgedTurn]:
    """Judge one made-up message. Labels by name, ``ends`` for the outcome; the rest is what came back."""

    def build(
        outcome: str = "answered",
        about: tuple[str, ...] = (),
        options: tuple[str, ...] = (),
        understood: Intent = Intent.ASK_FEE,
        offered: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
        ends: Outcome | None = None,
        **labels: Any,
    ) -> JudgedTurn:
        got = Got("hỏi", understood.value, Outcome(outcome), about, options, "<b>đáp</b>")
        return JudgedTurn(DialogueTurn(say="hỏi", outcome=ends, **labels), got, offered, before)

    return build


@pytest.fixture
def conversation() -> Callable[..., JudgedDialogue]:
    """A conversation of judged messages."""

    def build(*turns: JudgedTurn, id: str = "d", kind: str = "follow_up") -> JudgedDialogue:
        labels = tuple(turn.turn for turn in turns)
        return JudgedDialogue(Dialogue(id, DialogueKind(kind), labels), turns)

    return build
