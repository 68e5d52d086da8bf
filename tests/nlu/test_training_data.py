"""The examples the assistant learns the kinds of question from."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.answers.intent import Intent
from bot.text import fold

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "nlu").glob("*.yml"))
QUESTIONS = ROOT.parent / "shared" / "data" / "questions_dev.jsonl"
FEWEST = 25
TOO_LIKE = 93
LONG_ENOUGH = 16


def key(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def entries(path: Path) -> list[dict[str, str]]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return list(loaded["nlu"])


def examples() -> list[tuple[str, str]]:
    """(text, intent) of every example."""
    return [
        (line.removeprefix("- ").strip(), entry["intent"])
        for path in FILES
        for entry in entries(path)
        if "intent" in entry
        for line in entry["examples"].splitlines()
    ]


def test_every_kind_of_question_and_no_other_is_trained() -> None:
    """A kind without examples would never be recognised; an unknown one would have no answer."""
    assert {intent for _, intent in examples()} == {intent.value for intent in Intent}


def test_every_kind_has_enough_examples() -> None:
    counts = Counter(intent for _, intent in examples())
    assert {intent: n for intent, n in counts.items() if n < FEWEST} == {}


def test_no_sentence_is_an_example_of_two_kinds() -> None:
    """A sentence taught both ways makes the answer to it a matter of chance."""
    kinds: dict[str, set[str]] = {}
    for text, intent in examples():
        kinds.setdefault(key(text), set()).add(intent)
    assert {text: both for text, both in kinds.items() if len(both) > 1} == {}


def test_no_example_is_given_twice() -> None:
    counts = Counter(text for text, _ in examples())
    assert [text for text, n in counts.items() if n > 1] == []


def test_files_stay_short_enough_to_review() -> None:
    assert [path.name for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) >= 400] == []


def test_no_example_uses_annotation_syntax_by_accident() -> None:
    """Rasa would read [..](..) in an example as an entity and train on the wrong text."""
    assert [text for text, _ in examples() if re.search(r"\]\s*[({]", text)] == []


@pytest.mark.skipif(not QUESTIONS.exists(), reason="development questions are not beside the repository")
def test_development_questions_are_not_in_the_training_data() -> None:
    """Otherwise the evaluation would measure memory, and citizens would get less than it promises."""
    asked = [key(json.loads(line)["question"]) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [question for question in asked if len(question) >= LONG_ENOUGH]
    taught = sorted({key(text) for text, _ in examples()})
    likeness = process.cdist(asked, taught, scorer=fuzz.ratio, score_cutoff=TOO_LIKE)
    assert [asked[row] for row in range(len(asked)) if likeness[row].any()] == []
