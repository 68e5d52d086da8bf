"""The pipeline Rasa 3.6 ships (``rasa init``): bags of words and of characters under DIET."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.rivals.guess import Guess
from bot.training import TrainingError, fingerprint

SHIPPED_EPOCHS = 100
"""Passes over the data in the shipped configuration; DIET on its own would make 300."""

_FALLBACK = "nlu_fallback"
_LINES_OF_LOG = 20


def config(epochs: int = SHIPPED_EPOCHS) -> dict[str, Any]:
    """The shipped pipeline without its ResponseSelector, which chooses answers, not intents.

    Source: rasa/engine/recipes/config_files/default_config.yml of Rasa 3.6.
    """
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "vi",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
            {"name": "EntitySynonymMapper"},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
    }


def key(examples: Path, epochs: int) -> str:
    """16 hex digits over the training examples and the configuration."""
    return sha256(f"{fingerprint([examples])} {config(epochs)}".encode()).hexdigest()[:16]


def train(folder: Path, examples: Path, epochs: int, environment: Mapping[str, str]) -> Path:
    """``rasa train nlu`` on a folder of examples; model and log are written into ``folder``.

    Raises ``TrainingError`` with the last lines of its output.
    """
    settings = folder / "config.yml"
    settings.write_text(yaml.safe_dump(config(epochs), sort_keys=False), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "rasa",
        "train",
        "nlu",
        "--config",
        str(settings),
        "--nlu",
        str(examples),
    ]
    command += ["--out", str(folder), "--fixed-model-name", "diet"]
    log = folder / "train.log"
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    model = folder / "diet.tar.gz"
    # `rasa train` also reports success where it found nothing to train.
    if done.returncode != 0 or not model.exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        raise TrainingError("\n".join(lines[-_LINES_OF_LOG:]))
    return model


class Diet:
    """The trained pipeline. The intent is DIET's first choice; ``unsure``: the FallbackClassifier put itself
    in front of it.
    """

    def __init__(self, model: Path) -> None:
        # Rasa takes seconds and hundreds of MB to import; whoever compares without DIET is spared them.
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.WARNING)
        self._agent = Agent.load(str(model))
        self._loop = asyncio.new_event_loop()

    def __call__(self, question: str) -> Guess:
        parsed = self._loop.run_until_complete(self._agent.parse_message(question))
        return guess_of(parsed)


def guess_of(parsed: Mapping[str, Any]) -> Guess:
    """The guess in a parse result of Rasa."""
    unsure = parsed["intent"]["name"] == _FALLBACK
    ranked = [found["name"] for found in parsed["intent_ranking"] if found["name"] != _FALLBACK]
    return Guess(intent=ranked[0] if ranked else None, unsure=unsure)
