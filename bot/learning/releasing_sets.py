"""What models are measured with, and the limits they must keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.evaluation.dataset import Row
from bot.evaluation.dialogues.dialogue import Dialogue
from bot.evaluation.gates import Limit, read_gates
from bot.evaluation.tolerance import Tolerance, read_tolerances
from bot.settings import Settings

QUESTIONS = "questions_*.jsonl"
DIALOGUES = "dialogues_*.jsonl"

Read = TypeVar("Read")


class ReleaseError(Exception):
    """Nothing can be measured; the message is a sentence for staff."""


@dataclass(frozen=True)
class Sets:
    """What a model is measured with; ``learned_*``: from reviewers, counted apart."""

    questions: Sequence[Row]
    dialogues: Sequence[Dialogue]
    learned_questions: Sequence[Row] = ()
    learned_dialogues: Sequence[Dialogue] = ()


@dataclass(frozen=True)
class Limits:
    """``gates`` any model must keep; ``tolerances``: by how much it may be worse than the active one."""

    gates: Mapping[str, Limit]
    tolerances: Mapping[str, Tolerance]


def read_limits(settings: Settings) -> Limits:
    """The limits that ship; raises ``ReleaseError`` naming a file that is missing or malformed."""
    folder = settings.data_dir / "evaluation"
    return Limits(_read(folder / "gates.json", read_gates), read_tolerance_file(settings))


def read_tolerance_file(settings: Settings) -> dict[str, Tolerance]:
    """The tolerances that ship; raises ``ReleaseError``."""
    return _read(settings.data_dir / "evaluation" / "tolerances.json", read_tolerances)


def question_files(settings: Settings) -> list[Path]:
    """The labelled questions that ship."""
    return sorted((settings.data_dir / "evaluation").glob(QUESTIONS))


def dialogue_files(settings: Settings) -> list[Path]:
    """The labelled conversations that ship."""
    return sorted((settings.data_dir / "evaluation").glob(DIALOGUES))


def learned_question_files(settings: Settings) -> list[Path]:
    """The labelled questions of approved lessons; none where nothing was learned."""
    return sorted((settings.learned_dir / "evaluation").glob(QUESTIONS))


def learned_dialogue_files(settings: Settings) -> list[Path]:
    """The labelled conversations of approved lessons; none where nothing was learned."""
    return sorted((settings.learned_dir / "evaluation").glob(DIALOGUES))


def _read(path: Path, parse: Callable[[bytes], Read]) -> Read:
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as problem:
        raise ReleaseError(f"Thiếu {path}.") from problem
    except (msgspec.DecodeError, ValueError) as problem:
        raise ReleaseError(f"{path}: {problem}") from problem
