"""Measures a trained model, writes its card and says whether it may serve. No terminal in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bank.bank import Bank, name_of
from bot.evaluation.card import against, card
from bot.evaluation.comparing import Difference, compare, same_conditions, same_questions
from bot.evaluation.dialogues.runner import run as hold
from bot.evaluation.gates import Verdict, check
from bot.evaluation.runner import Evaluation
from bot.evaluation.runner import run as ask
from bot.evaluation.subject import Subject
from bot.evaluation.variants import VARIANTS
from bot.learning.measuring import Answers, Learned, answers, compared
from bot.learning.releasing_origin import origin_of
from bot.learning.releasing_sets import Limits, Sets
from bot.learning.states import TrainingState
from bot.settings import Settings

Progress = Callable[[TrainingState, float], object]
"""Hears the state and the share of it that is done, 0–1."""


@dataclass(frozen=True)
class Released:
    """A measured model. ``report``: figures over all variants and conversations; ``compared``: the active
    model, where it has a card; ``differences``: to its card, all metrics; ``learned``: None without any.
    """

    model: str
    card: Mapping[str, Any]
    path: Path
    report: Mapping[str, Any]
    verdicts: Sequence[Verdict]
    compared: str | None
    differences: Sequence[Difference]
    same_questions: bool
    same_conditions: bool
    learned: Learned | None

    @property
    def released(self) -> bool:
        return bool(self.card["released"])

    @property
    def fell(self) -> list[Verdict]:
        """Gates that were not kept."""
        return [verdict for verdict in self.verdicts if not verdict.kept]

    @property
    def worse(self) -> list[Difference]:
        """What is worse than the active model by more than is borne."""
        return [found for found in self.differences if found.fell]

    def as_dict(self) -> dict[str, Any]:
        """The report of a run, for the database."""
        return {
            "questions": self.card["sizes"]["questions"],
            "dialogues": self.report["dialogues"]["n"],
            "gates": [
                {
                    "metric": v.metric,
                    "value": v.value,
                    "floor": v.limit.floor,
                    "ceiling": v.limit.ceiling,
                    "kept": v.kept,
                }
                for v in self.verdicts
            ],
            "differences": [vars(found) for found in self.differences],
            "same_questions": self.same_questions,
            "same_conditions": self.same_conditions,
            "learned": self.learned.as_dict() if self.learned else None,
        }


def release(
    settings: Settings,
    model: Path,
    sets: Sets,
    limits: Limits,
    subject_of: Callable[[Path], Subject],
    progress: Progress = lambda state, share: None,
    measure_active: bool = False,
) -> Released:
    """Ask everything of ``model``, what was learned of the active model too, and write the card.

    ``subject_of`` opens a model over the configured catalogue. ``measure_active``: ask everything of an
    active model without a card too, which takes twice as long; else there is nothing to compare with.
    """
    bank, name = Bank(settings.models_dir), name_of(model)
    active_name, active = bank.active(), bank.active_model()
    other = bank.card(active_name) if active_name else None
    asks_active = measure_active and other is None and active is not None and active_name != name
    told = _Told(sets, 2 if asks_active else 1, progress)
    subject = subject_of(model)
    after, procedures = _Measured.of(subject, sets, told), len(subject.codes)
    # The next one is opened only now: two models at a time are memory that citizens need.
    del subject
    content, verdicts = _card(settings, model, after, limits, sets, procedures)
    before: _Measured | None = None
    if active is not None and active_name is not None and asks_active:
        before = _Measured.of(subject_of(active), sets, told)
        other, _ = _card(settings, active, before, limits, sets, procedures)
    progress(TrainingState.COMPARING, 0.0)
    learned = None
    if sets.learned_questions or sets.learned_dialogues:
        known = after.answers if active_name == name else before.answers if before else None
        if known is None and active is not None:
            known = _answers(subject_of(active), sets)
        learned = compared(known, after.answers)
        content |= {"learned": learned.as_dict(), "released": content["released"] and not learned.broken}
    differences: Sequence[Difference] = ()
    if active_name is not None and other is not None:
        differences = compare(other, content, limits.tolerances)
        content = against(content, active_name, [found.as_dict() for found in differences if found.fell])
    path = bank.write_card(name, content)
    progress(TrainingState.COMPARING, 1.0)
    return Released(
        model=name,
        card=content,
        path=path,
        report=after.report,
        verdicts=verdicts,
        compared=active_name if other else None,
        differences=differences,
        same_questions=other is None or same_questions(other, content),
        same_conditions=other is None or same_conditions(other, content),
        learned=learned,
    )


@dataclass(frozen=True)
class _Measured:
    """One model asked everything. ``dialogues``: their figures."""

    evaluation: Evaluation
    dialogues: Mapping[str, Any]
    answers: Answers

    @classmethod
    def of(cls, subject: Subject, sets: Sets, told: Callable[[int], object]) -> "_Measured":
        evaluation = ask(sets.questions, subject.ask, subject.codes, list(VARIANTS), told)
        dialogues = hold(sets.dialogues, subject.newcomer, [], told).report()
        return cls(evaluation, dialogues, _answers(subject, sets, told))

    @property
    def report(self) -> dict[str, Any]:
        return {**self.evaluation.report(), "dialogues": self.dialogues}


def _card(
    settings: Settings, model: Path, measured: _Measured, limits: Limits, sets: Sets, procedures: int
) -> tuple[dict[str, Any], list[Verdict]]:
    """The card before any comparison, and how it did at the gates."""
    verdicts = check(measured.report, limits.gates)
    sizes = {
        "model_bytes": model.stat().st_size,
        "procedures": procedures,
        "questions": len(sets.questions),
    }
    name, made = name_of(model), datetime.now(ZoneInfo(settings.time_zone))
    origin = origin_of(settings, name, sizes)
    return card(name, made, measured.evaluation, verdicts, origin, measured.dialogues), verdicts


class _Told:
    """Counts what is done and tells the share of it."""

    def __init__(self, sets: Sets, models: int, progress: Progress) -> None:
        asked = len(sets.questions) * (1 + len(VARIANTS)) + len(sets.dialogues)
        self._of = models * (asked + len(sets.learned_questions) + len(sets.learned_dialogues))
        self._done, self._progress = 0, progress

    def __call__(self, done: int) -> None:
        self._done += done
        self._progress(TrainingState.MEASURING, self._done / self._of)


def _answers(subject: Subject, sets: Sets, told: Callable[[int], object] = lambda done: None) -> Answers:
    return answers(
        ask(sets.learned_questions, subject.ask, subject.codes, (), told).as_written,
        hold(sets.learned_dialogues, subject.newcomer, (), told).as_written,
    )
