"""Builders of judged questions, and the words of the training data."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.intent import Intent
from bot.evaluation.dataset import Row
from bot.evaluation.metrics import Judged, judge

NLU = Path(__file__).resolve().parents[2] / "data" / "nlu"
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_EXAMPLE = re.compile(r"^\s*-\s+(.*)$", re.MULTILINE)
CATALOGUE = frozenset({"1.000001", "1.000002", "1.000003", "1.000004"})


@pytest.fixture
def judged() -> Callable[..., Judged]:
    """Judge one made-up turn; the catalogue holds 1.000001 to 1.000004."""

    def build(
        codes: tuple[str, ...] = (),
        outcome: str = "answered",
        about: str | None = None,
        candidates: tuple[str, ...] = (),
        intent: Intent | None = Intent.ASK_FEE,
        understood: Intent = Intent.ASK_FEE,
        in_scope: bool = True,
        elapsed_ms: float = 1.0,
    ) -> Judged:
        row = Row("t", "hỏi", intent, codes, in_scope)
        reply: dict[str, Any] = {
            "question": "hỏi",
            "intent": understood.value,
            "confidence": 0.9,
            "outcome": outcome,
            "procedure_code": about,
            "candidates": [{"code": code, "name": code, "score": 0.5} for code in candidates],
            "text": "",
            "elapsed_ms": elapsed_ms,
        }
        return judge(row, reply, CATALOGUE)

    return build


@pytest.fixture(scope="session")
def training_examples() -> set[str]:
    """Everything the assistant is trained on, as written, without the marks of entities."""
    return {
        _ENTITY.sub(r"\1", example)
        for path in sorted(NLU.glob("*.yml"))
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).get("nlu", [])
        for example in _EXAMPLE.findall(block.get("examples", ""))
    }
