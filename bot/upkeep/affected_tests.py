"""Labelled questions and conversations that name a procedure: they measure the assistant by its record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.dataset import read_rows
from bot.evaluation.dialogues.dataset import holds_dialogues, read_dialogues


@dataclass(frozen=True)
class Labelled:
    """A question, or a conversation of several ``turns``, with all codes it accepts."""

    id: str
    said: str
    turns: int
    codes: frozenset[str]

    @property
    def is_dialogue(self) -> bool:
        return self.turns > 1


def read_tests(folders: Iterable[Path]) -> tuple[Labelled, ...]:
    """All ``questions_*`` and ``dialogues_*`` of these folders; a folder that is not there has none.

    Lines that cannot be read are left out: measuring tells of them. Raises ``OSError``.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*.jsonl"))]
    return tuple(test for path in files for test in _tests(path))


def _tests(path: Path) -> Iterator[Labelled]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if not holds_dialogues(lines):
        for row in read_rows(lines, path.name)[0]:
            yield Labelled(row.id, row.question, 1, frozenset(row.procedure_codes))
        return
    for dialogue in read_dialogues(lines, path.name)[0]:
        codes = {code for turn in dialogue.turns for code in (*turn.procedure_codes, *turn.also_codes)}
        yield Labelled(dialogue.id, dialogue.turns[0].said, len(dialogue.turns), frozenset(codes))
