"""The form of a label: as typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.reviews.labels import COMMENT_LENGTH, Label
from bot.reviews.procedures import find_procedures
from bot.reviews.verdict import Reason, Verdict

Member = TypeVar("Member", bound=Enum)
_HINTS = 5


@dataclass
class LabelForm:
    """``errors``: keys of texts by field; ``hints``: (code, name) of procedures that may be meant."""

    verdict: Verdict | None = None
    reason: Reason | None = None
    intent: Intent | None = None
    procedure: str = ""
    comment: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    hints: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "LabelForm":
        return cls(
            _member(Verdict, fields.get("verdict")),
            _member(Reason, fields.get("reason")),
            _member(Intent, fields.get("intent")),
            str(fields.get("procedure", "")).strip(),
            str(fields.get("comment", "")).strip(),
        )

    @classmethod
    def showing(cls, label: Label | None) -> "LabelForm":
        if label is None:
            return cls()
        return cls(label.verdict, label.reason, label.intent, label.procedure_code, label.comment)

    def read(self, connection: Connection) -> Label | None:
        """The label; None with ``errors`` where something is missing. Names of procedures become codes."""
        self.errors = {}
        if self.verdict is None:
            self.errors["verdict"] = "error_verdict"
        elif self.verdict is not Verdict.RIGHT and self.reason is None:
            self.errors["reason"] = "error_label_reason"
        if len(self.comment) > COMMENT_LENGTH:
            self.errors["comment"] = "error_too_long"
        code = self._code(connection)
        if self.errors or self.verdict is None:
            return None
        return Label(self.verdict, self.reason, self.intent, code, self.comment)

    def _code(self, connection: Connection) -> str:
        if not self.procedure:
            return ""
        found = find_procedures(connection, self.procedure)
        exact = [code for code, _ in found if code == self.procedure]
        if exact or len(found) == 1:
            return exact[0] if exact else found[0][0]
        self.errors["procedure"] = "error_procedure"
        self.hints = found[:_HINTS]
        return ""


def _member(kind: type[Member], value: Any) -> Member | None:
    return next((member for member in kind if member.value == value), None)
