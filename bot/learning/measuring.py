"""What was learned from reviewers, asked of two models and laid side by side. Pure.

It stays apart from the questions that ship: a model is not to be released because it knows by heart what it
was taught, nor held back by one disputed correction. A conversation that held and no longer holds does count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluation.dialogues.metrics import JudgedDialogue
from bot.evaluation.metrics import Judged


@dataclass(frozen=True)
class SideBySide:
    """``n`` things asked of both models. ``before``, ``after``: how many were right; ``before`` is None where
    no model served. ``lost``: ids right before and wrong after; ``won``: the other way round; both sorted.
    """

    n: int
    before: int | None
    after: int
    lost: tuple[str, ...] = ()
    won: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For cards and reports. Ids only: words can be taken back, and must not live on there."""
        return {**vars(self), "lost": list(self.lost), "won": list(self.won)}


@dataclass(frozen=True)
class Learned:
    """Learned questions and learned conversations with the active model and with the candidate."""

    questions: SideBySide
    journeys: SideBySide

    @property
    def broken(self) -> tuple[str, ...]:
        """Conversations that held and no longer hold: each of them holds the candidate back."""
        return self.journeys.lost

    def as_dict(self) -> dict[str, Any]:
        """For cards and reports."""
        return {"questions": self.questions.as_dict(), "journeys": self.journeys.as_dict()}


@dataclass(frozen=True)
class Answers:
    """Whether each learned question and conversation was right with one model, by id."""

    questions: Mapping[str, bool]
    journeys: Mapping[str, bool]


def answers(questions: Iterable[Judged], journeys: Iterable[JudgedDialogue]) -> Answers:
    """Of one model."""
    return Answers(
        {judged.row.id: right(judged) for judged in questions},
        {judged.dialogue.id: judged.right for judged in journeys},
    )


def right(judged: Judged) -> bool:
    """Whether everything labelled is as labelled.

    Out of scope: met with a refusal or a safety answer. In scope: the kind of question where it is labelled,
    and an answer about one of the procedures where some are; of a procedure that the catalogue does not hold
    no other one may be told.
    """
    row = judged.row
    if not row.in_scope:
        return judged.caught
    if judged.answered_wrong or (row.intent is not None and not judged.intent_right):
        return False
    return not judged.covered or judged.answered_right


def compared(before: Answers | None, after: Answers) -> Learned:
    """Both models; ``before`` None where none served."""
    return Learned(
        side_by_side(before.questions if before else None, after.questions),
        side_by_side(before.journeys if before else None, after.journeys),
    )


def side_by_side(before: Mapping[str, bool] | None, after: Mapping[str, bool]) -> SideBySide:
    """The same ids with two models."""
    right_after = sum(after.values())
    if before is None:
        return SideBySide(len(after), None, right_after)
    return SideBySide(
        n=len(after),
        before=sum(before.values()),
        after=right_after,
        lost=tuple(sorted(name for name, held in before.items() if held and not after[name])),
        won=tuple(sorted(name for name, held in after.items() if held and not before[name])),
    )
