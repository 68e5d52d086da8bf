"""What ships to train and to measure with, as words: no lesson may be the one where they are the other."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.dataset import read_rows
from bot.evaluation.dialogues.dataset import read_dialogues
from bot.learning.digest import folded
from bot.learning.lessons_drafts import Draft
from bot.reviews.lesson_states import LessonKind

_EXAMPLE = re.compile(r"^ +- (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Taught:
    """Folded words of all shipped examples, and of all shipped questions and conversations."""

    trained: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()

    def spoils(self, draft: Draft) -> bool:
        """Whether the lesson would be trained as well as measured with."""
        others = self.measured if draft.kind is LessonKind.TRAINING else self.trained
        # What anybody says in a conversation ("cảm ơn") is an example of its own; the opening is not.
        said = draft.text or (draft.turns[0].say if draft.turns else "")
        return folded(said) in others


def read_taught(data_dir: Path) -> Taught:
    """Reads ``nlu`` and ``evaluation``; takes about a second. Lines nobody could read are left out."""
    trained: set[str] = set()
    for path in sorted((data_dir / "nlu").glob("*.yml")):
        trained |= {folded(words) for words in _EXAMPLE.findall(path.read_text(encoding="utf-8"))}
    measured: set[str] = set()
    for path in sorted((data_dir / "evaluation").glob("questions_*.jsonl")):
        rows, _ = read_rows(path.read_text(encoding="utf-8").splitlines(), path.name)
        measured |= {folded(row.question) for row in rows}
    for path in sorted((data_dir / "evaluation").glob("dialogues_*.jsonl")):
        dialogues, _ = read_dialogues(path.read_text(encoding="utf-8").splitlines(), path.name)
        measured |= {folded(dialogue.turns[0].say) for dialogue in dialogues}
    return Taught(frozenset(trained), frozenset(measured))
