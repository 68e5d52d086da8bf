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
) -> Released:
    """Ask everything of ``model``, what was learned of the active model too, and write the card.

    ``subject_of`` opens a model over the configured catalogue.
    """
    bank, name = Bank(settings.models_dir), name_of(model)
    subject = subject_of(model)
    told = _Told(sets, progress)
    evaluation = ask(sets.questions, subject.ask, subject.codes, list(VARIANTS), told)
    dialogues = hold(sets.dialogues, subject.newcomer, [], told).report()
    after = _answers(subject, sets, told)
    report = {**evaluation.report(), "dialogues": dialogues}
    verdicts = check(report, limits.gates)
    sizes = {
        "model_bytes": model.stat().st_size,
        "procedures": len(subject.codes),
        "questions": len(sets.questions),
    }
    made = datetime.now(ZoneInfo(settings.time_zone))
    content = card(name, made, evaluation, verdicts, origin_of(settings, name, sizes), dialogues)
    progress(TrainingState.COMPARING, 0.0)
    learned = None
    if sets.learned_questions or sets.learned_dialogues:
        active = bank.active_model()
        # Opened only once the candidate is done with: two models at a time are memory citizens need.
        del subject
        same = active is not None and name_of(active) == name
        before = after if same else _answers(subject_of(active), sets) if active else None
        learned = compared(before, after)
        content |= {"learned": learned.as_dict(), "released": content["released"] and not learned.broken}
    active_name = bank.active()
    other = bank.card(active_name) if active_name else None
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
        report=report,
        verdicts=verdicts,
        compared=active_name if other else None,
        differences=differences,
        same_questions=other is None or same_questions(other, content),
        same_conditions=other is None or same_conditions(other, content),
        learned=learned,
    )


class _Told:
    """Counts what is done and tells the share of it."""

    def __init__(self, sets: Sets, progress: Progress) -> None:
        asked = len(sets.questions) * (1 + len(VARIANTS)) + len(sets.dialogues)
        self._of = asked + len(sets.learned_questions) + len(sets.learned_dialogues)
        self._done, self._progress = 0, progress

    def __call__(self, done: int) -> None:
        self._done += done
        self._progress(TrainingState.MEASURING, self._done / self._of)


def _answers(subject: Subject, sets: Sets, told: Callable[[int], object] = lambda done: None) -> Answers:
    return answers(
        ask(sets.learned_questions, subject.ask, subject.codes, (), told).as_written,
        hold(sets.learned_dialogues, subject.newcomer, (), told).as_written,
    )
