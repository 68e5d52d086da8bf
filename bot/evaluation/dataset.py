"""Labelled questions: one JSON object a line, bad lines refused one by one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from bot.answers.intent import Intent


@dataclass(frozen=True)
class Row:
    """A question with its labels.

    ``procedure_codes``: every acceptable procedure, empty when none is meant. ``in_scope``: whether the
    assistant should help at all; emergencies, insults and the like are out of scope with a safety answer.
    """

    id: str
    question: str
    intent: Intent | None = None
    procedure_codes: tuple[str, ...] = ()
    in_scope: bool = True
    kind: str = ""
    note: str = ""

    def asking(self, question: str) -> "Row":
        """The same labels on other words."""
        return replace(self, question=question)

    def labels(self) -> dict[str, object]:
        """The labels as they stand in ``--rows`` files."""
        return {
            "id": self.id,
            "expected_intent": self.intent.value if self.intent else None,
            "expected_codes": list(self.procedure_codes),
            "in_scope": self.in_scope,
            "kind": self.kind,
        }


@dataclass(frozen=True)
class BadLine:
    """A line that could not be read: file, line number from 1, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class _Line(msgspec.Struct):
    question: str
    id: str | int | None = None
    intent: Intent | None = None
    procedure_codes: list[str] | None = None
    in_scope: bool | None = None
    kind: str | None = None
    note: str | None = None


_DECODER = msgspec.json.Decoder(_Line)


def read_rows(lines: Iterable[str], file: str) -> tuple[list[Row], list[BadLine]]:
    """Rows of a JSON Lines text and the lines that were refused; empty lines are passed over.

    A row without ``in_scope`` is in scope unless its intent is ``out_of_scope``; a row without ``id``
    is named after file and line. A repeated ``id`` is refused.
    """
    rows: list[Row] = []
    refused: list[BadLine] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(_DECODER.decode(line), f"{file}:{number}")
        except (msgspec.DecodeError, UnicodeError, ValueError) as problem:
            refused.append(BadLine(file, number, str(problem)))
            continue
        if row.id in seen:
            refused.append(BadLine(file, number, f"id {row.id} already stands in line {seen[row.id]}"))
            continue
        seen[row.id] = number
        rows.append(row)
    return rows, refused


def _row(line: _Line, place: str) -> Row:
    if not line.question.strip():
        raise ValueError("the question is empty")
    codes = tuple(dict.fromkeys(code.strip() for code in line.procedure_codes or ()))
    if not all(codes):
        raise ValueError("procedure_codes holds an empty code")
    in_scope = line.in_scope if line.in_scope is not None else line.intent is not Intent.OUT_OF_SCOPE
    if codes and not in_scope:
        raise ValueError("an out-of-scope question cannot have procedure codes")
    name = place if line.id is None else str(line.id)
    return Row(name, line.question, line.intent, codes, in_scope, line.kind or "", line.note or "")
