"""What is lost when these fail: an evaluation set that is valid, independent of training and wide enough."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.catalogue.importing.own import read_own
from bot.catalogue.records import Procedure
from bot.evaluation.dataset import Row, read_rows
from bot.text import clean, fold

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "evaluation").glob("questions_*.jsonl"))
OUT_OF_SCOPE = frozenset(
    {
        Intent.EMERGENCY,
        Intent.SELF_HARM,
        Intent.INSULT,
        Intent.ILLEGAL_REQUEST,
        Intent.SENSITIVE_TOPIC,
        Intent.OUT_OF_SCOPE,
    }
)
LEAST_PER_INTENT = 10
LEAST_QUESTIONS = 1200
MOST_LINES = 350


def _key(question: str) -> str:
    return fold(clean(question))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every question of every file; a line that cannot be read fails here with its number."""
    found: list[Row] = []
    for path in FILES:
        read, refused = read_rows(path.read_text(encoding="utf-8").splitlines(), path.name)
        assert not refused, [str(line) for line in refused]
        found += read
    return found


def test_there_are_enough_questions_in_files_short_enough_to_review(rows: list[Row]) -> None:
    assert len(rows) >= LEAST_QUESTIONS
    for path in FILES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, path.name


def test_every_line_carries_exactly_the_agreed_fields() -> None:
    """A misspelt field would be ignored when read and the label lost."""
    expected = {"id", "question", "intent", "procedure_codes", "in_scope", "kind"}
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert set(json.loads(line)) == expected, f"{path.name}:{number}"


def test_every_question_has_an_intent_and_its_own_id_and_words(rows: list[Row]) -> None:
    assert [row.id for row in rows if row.intent is None or row.kind != "own"] == []
    assert [name for name, count in Counter(row.id for row in rows).items() if count > 1] == []
    assert [words for words, count in Counter(_key(row.question) for row in rows).items() if count > 1] == []


def test_scope_follows_the_intent(rows: list[Row]) -> None:
    """A wrong scope label would reward the assistant for answering what it must decline."""
    assert [row.id for row in rows if row.in_scope == (row.intent in OUT_OF_SCOPE)] == []
    assert [row.id for row in rows if not row.in_scope and row.procedure_codes] == []


def test_questions_about_a_procedure_name_procedures_of_the_shipped_catalogue(
    rows: list[Row], shipped_dir: Path
) -> None:
    items = read_own(shipped_dir / "index", shipped_dir / "curated")
    codes = {item.code for item in items if isinstance(item, Procedure)}
    assert [(row.id, code) for row in rows for code in row.procedure_codes if code not in codes] == []
    assert [row.id for row in rows if len(set(row.procedure_codes)) < len(row.procedure_codes)] == []
    assert [row.id for row in rows if row.intent in ABOUT_A_PROCEDURE and not row.procedure_codes] == []


def test_every_kind_of_question_is_asked_often_enough_to_be_measured(rows: list[Row]) -> None:
    counts = Counter(row.intent for row in rows)
    assert {intent.value: counts[intent] for intent in Intent if counts[intent] < LEAST_PER_INTENT} == {}


def test_no_question_is_a_training_example(rows: list[Row], training_examples: set[str]) -> None:
    """Measured on its own training examples the assistant would look better than citizens find it."""
    training = {_key(example) for example in training_examples}
    assert len(training) > LEAST_QUESTIONS
    assert [row.question for row in rows if _key(row.question) in training] == []


def test_no_question_is_a_development_question(rows: list[Row], shared_file: Callable[[str], Path]) -> None:
    """Both sets are reported side by side, so they must not overlap."""
    lines = shared_file("questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
    development = {_key(json.loads(line)["question"]) for line in lines}
    assert [row.question for row in rows if _key(row.question) in development] == []
