"""Approved lessons as the files that training and measuring read, beside those that ship."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.learning.journeys import line
from bot.learning.lessons import Lesson, lesson_of
from bot.reviews.lesson_states import LessonKind, LessonState
from bot.reviews.tables_lessons import lesson

TRAINING, QUESTIONS, DIALOGUES = (
    Path("nlu/learned.yml"),
    Path("evaluation/questions_learned.jsonl"),
    Path("evaluation/dialogues_learned.jsonl"),
)
_MARKUP = str.maketrans("[]", "()")
"""Brackets would mark a part of an example as an entity."""


@dataclass(frozen=True)
class Written:
    """Lessons in each file; ``changed``: whether any file is another one now."""

    training: int
    evaluation: int
    journeys: int
    changed: bool


def write_lessons(connection: Connection, folder: Path) -> Written:
    """Make the files of ``folder`` say what is approved now, no more and no less; a file with nothing in it
    is not there. Each is replaced at once, and not touched when it is right already.
    """
    approved = lesson.c.state == LessonState.APPROVED.value
    rows = connection.execute(select(lesson).where(approved).order_by(lesson.c.id))
    lessons = [lesson_of(row) for row in rows]
    by_kind = {kind: [one for one in lessons if one.kind is kind] for kind in LessonKind}
    examples, questions, journeys = (by_kind[kind] for kind in LessonKind)
    wanted = {
        TRAINING: training_file(examples),
        QUESTIONS: _lines(map(question_line, questions)),
        DIALOGUES: _lines(map(dialogue_line, journeys)),
    }
    changed = [_put(folder / name, text) for name, text in wanted.items()]
    return Written(len(examples), len(questions), len(journeys), any(changed))


def training_file(lessons: Sequence[Lesson]) -> str:
    """Rasa's YAML of examples, grouped by intent as ``data/nlu`` has them; "" without any."""
    by_intent: dict[str, list[Lesson]] = {}
    for one in lessons:
        if one.intent:
            by_intent.setdefault(one.intent.value, []).append(one)
    groups = [
        f"- intent: {intent}\n  examples: |\n{''.join(map(example_line, by_intent[intent]))}"
        for intent in sorted(by_intent)
    ]
    return 'version: "3.1"\nnlu:\n' + "\n".join(groups) if groups else ""


def example_line(one: Lesson) -> str:
    """A line of the training file, with its end."""
    return f"    - {one.text.translate(_MARKUP)}\n"


def question_line(one: Lesson) -> str:
    """A line of ``questions_learned.jsonl``, without its end."""
    values = {
        "id": f"lesson-{one.id}",
        "question": one.text,
        "intent": one.intent.value if one.intent else None,
        "procedure_codes": list(one.procedure_codes),
        "in_scope": one.in_scope,
        "kind": "learned",
    }
    return json.dumps(values, ensure_ascii=False)


def dialogue_line(one: Lesson) -> str:
    """A line of ``dialogues_learned.jsonl``, without its end."""
    return json.dumps(line(one.id, one.turns), ensure_ascii=False)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{one}\n" for one in lines)


def _put(path: Path, text: str) -> bool:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before == text:
        return False
    if not text:
        path.unlink()
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return True
