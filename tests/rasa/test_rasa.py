"""Rasa's own checks: training data it has nothing to say against, and every rule predicted."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from bot.settings import Settings
from tests.working import ROOT, trained_model

STORIES = Path("tests/rasa/test_stories.yml")
SECONDS = 170


def rasa(log: Path, *arguments: str) -> str:
    """Output of a ``rasa`` command; fails with its last lines."""
    with log.open("wb") as output:
        finished = subprocess.run(
            [sys.executable, "-m", "rasa", *arguments],
            cwd=ROOT,
            env=Settings().process_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    said = log.read_text(encoding="utf-8", errors="replace")
    assert finished.returncode == 0, "\n".join(said.splitlines()[-30:])
    return said


def first_steps(path: Path, kind: str) -> set[tuple[str, str]]:
    """(intent, action) of the first two steps of every rule or story of a file."""
    rows = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))[kind]
    return {(row["steps"][0]["intent"], row["steps"][1]["action"]) for row in rows}


def test_training_data_is_clean(tmp_path: Path) -> None:
    """A warning here is an intent nobody answers or an example that teaches two things at once."""
    rasa(
        tmp_path / "validate.log",
        "data",
        "validate",
        "--fail-on-warnings",
        "--data",
        "data/nlu",
        "data/rules",
    )


def test_every_rule_has_a_story() -> None:
    """A rule without a story could break unseen."""
    rules = first_steps(Path("data/rules/answers.yml"), "rules")
    assert first_steps(STORIES, "stories") == rules


def test_every_kind_of_question_reaches_the_assistant(tmp_path: Path) -> None:
    """With one wrong prediction a citizen would wait for an answer that never comes."""
    model = trained_model()
    said = rasa(
        tmp_path / "core.log",
        *("test", "core", "--model", str(model), "--stories", "tests/rasa", "--e2e"),
        *("--out", str(tmp_path / "results"), "--fail-on-prediction-errors"),
    )
    counted = re.search(r"Correct:\s+(\d+) / (\d+)", said)
    assert counted is not None, said[-2000:]
    assert counted[1] == counted[2]
