"""What is lost when these fail: conversations that are valid, wide enough and independent of training."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.catalogue.importing.own import read_own
from bot.catalogue.records import Procedure
from bot.evaluation.dialogues.dataset import read_dialogues
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind
from bot.text import clean, fold

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "data" / "evaluation").glob("dialogues_*.jsonl"))
QUESTIONS = sorted((ROOT / "data" / "evaluation").glob("questions_*.jsonl"))
FEWEST_DIALOGUES = 150
FEWEST_PER_KIND = 10
FEWEST_CURATED = 60
LONG_ENOUGH = 16
"""Letters of a message from which it is nobody's common property: "mấy ngày" and "số 2" are everybody's."""


def _key(words: str) -> str:
    return re.sub(r"\W+", " ", fold(clean(words))).strip()


@pytest.fixture(scope="module")
def dialogues() -> list[Dialogue]:
    """Every conversation of every file; a line that cannot be read fails here with its number."""
    found: list[Dialogue] = []
    for path in FILES:
        read, refused = read_dialogues(path.read_text(encoding="utf-8").splitlines(), path.name)
        assert not refused, [str(line) for line in refused]
        found += read
    return found


@pytest.fixture(scope="module")
def messages(dialogues: list[Dialogue]) -> set[str]:
    """Everything typed that is long enough to be somebody's own words."""
    keys = {_key(turn.say) for dialogue in dialogues for turn in dialogue.turns if turn.say}
    return {key for key in keys if len(key) >= LONG_ENOUGH}


def test_there_are_enough_conversations_of_every_kind(dialogues: list[Dialogue]) -> None:
    assert len(dialogues) >= FEWEST_DIALOGUES
    counts = Counter(dialogue.kind for dialogue in dialogues)
    assert {kind.value: counts[kind] for kind in DialogueKind if counts[kind] < FEWEST_PER_KIND} == {}


def test_every_conversation_has_its_own_id_and_something_to_judge(dialogues: list[Dialogue]) -> None:
    assert [name for name, n in Counter(dialogue.id for dialogue in dialogues).items() if n > 1] == []
    openings = Counter(_key(dialogue.turns[0].say) for dialogue in dialogues)
    assert [words for words, n in openings.items() if n > 1] == []
    unjudged = [
        dialogue.id
        for dialogue in dialogues
        if not any(turn.procedure_codes or turn.outcome or turn.asked_back for turn in dialogue.turns)
    ]
    assert unjudged == []


def test_the_labels_name_many_procedures_of_the_shipped_catalogue(
    dialogues: list[Dialogue], shipped_dir: Path
) -> None:
    """A code that does not exist could never be answered right."""
    items = read_own(shipped_dir / "index", shipped_dir / "curated")
    codes = {item.code for item in items if isinstance(item, Procedure)}
    named = {
        (dialogue.id, code)
        for dialogue in dialogues
        for turn in dialogue.turns
        for code in (*turn.procedure_codes, *turn.also_codes)
    }
    assert sorted(pair for pair in named if pair[1] not in codes) == []
    curated = {
        str(entry["code"])
        for path in (shipped_dir / "curated").glob("*.yaml")
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    }
    assert len({code for _, code in named} & curated) >= FEWEST_CURATED


def test_no_message_is_a_training_example(messages: set[str], training_examples: set[str]) -> None:
    """Measured on its own training examples the assistant would look better than citizens find it."""
    assert sorted(messages & {_key(example) for example in training_examples}) == []


def test_no_message_is_a_single_question_or_a_development_question(
    messages: set[str], shared_file: Callable[[str], Path]
) -> None:
    """The sets are reported side by side, so they must not overlap."""
    asked = {
        _key(json.loads(line)["question"])
        for path in (*QUESTIONS, shared_file("questions_dev.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert sorted(messages & asked) == []
