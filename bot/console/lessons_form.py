"""The form of a question as a lesson: as typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.console.lessons_words import FAULTS, read_codes
from bot.learning.deidentified import Doubt
from bot.learning.lessons import Draft, LessonError
from bot.learning.states import LessonKind, LessonOrigin

ALIAS = "alias"
"""A correction that changes the record of a procedure: another name people have for it."""
QUESTIONS = (LessonKind.TRAINING, LessonKind.EVALUATION)
LONGEST_ALIAS = 120


@dataclass
class LessonForm:
    """``errors``: keys of texts by field; ``hints``: (code, name) of procedures that may be meant."""

    kind: str = LessonKind.TRAINING.value
    origin: LessonOrigin = LessonOrigin.REWRITTEN
    text: str = ""
    intent: Intent | None = None
    procedures: str = ""
    in_scope: bool = True
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    hints: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "LessonForm":
        kind, given = str(fields.get("kind", "")), str(fields.get("intent", ""))
        verbatim = fields.get("origin") == LessonOrigin.CITIZEN.value
        return cls(
            kind=kind if kind in {ALIAS, *(one.value for one in QUESTIONS)} else LessonKind.TRAINING.value,
            origin=LessonOrigin.CITIZEN if verbatim else LessonOrigin.REWRITTEN,
            text=str(fields.get("text", "")).strip(),
            intent=next((one for one in Intent if one.value == given), None),
            procedures=str(fields.get("procedures", "")).strip(),
            in_scope=fields.get("in_scope") == "1",
            reason=str(fields.get("reason", "")).strip(),
        )

    def codes(self, connection: Connection) -> tuple[str, ...]:
        """The procedures; with an error and hints where one is not clear."""
        found, self.hints = read_codes(connection, self.procedures)
        if self.hints:
            self.errors["procedures"] = "error_procedure"
        return found

    def draft(self, codes: tuple[str, ...], turn_id: int | None, conversation_id: str | None) -> Draft:
        """The lesson this proposes."""
        return Draft(
            kind=LessonKind(self.kind),
            text=self.text,
            intent=self.intent,
            procedure_codes=codes,
            in_scope=self.in_scope,
            origin=self.origin,
            turn_id=turn_id,
            conversation_id=conversation_id,
        )

    def blame(self, error: LessonError) -> None:
        """Tell the fault at the field it is about."""
        where, key = FAULTS[error.fault]
        self.errors[where], self.doubts = key, error.doubts
