"""What a model and its measurement came from: data, settings of the search, machine, code."""

import json
import subprocess
from collections.abc import Mapping

from bot.evaluation.bench import training_seconds
from bot.evaluation.card import Origin
from bot.evaluation.machine import load, machine
from bot.learning.releasing_sets import question_files
from bot.settings import Settings
from bot.training import CONFIG, DOMAIN, SOURCES, fingerprint

DATA = ("nlu", "rules", "stories", "search", "catalogue", "evaluation")


def origin_of(settings: Settings, model: str, sizes: Mapping[str, int]) -> Origin:
    """The origin of ``model`` as it is measured now; ``sizes`` see ``Origin``."""
    kinds = {name: fingerprint([settings.data_dir / name]) for name in DATA}
    # Not the limits that lie beside them: they say nothing about what was asked.
    kinds["evaluation"] = fingerprint(question_files(settings))
    kinds |= {"config": fingerprint([CONFIG]), "domain": fingerprint([DOMAIN]), "code": fingerprint(SOURCES)}
    if (settings.learned_dir / "nlu").exists():
        kinds["learned"] = fingerprint([settings.learned_dir / "nlu"])
    commit = _git("rev-parse", "HEAD")
    return Origin(
        fingerprints=kinds,
        search={
            name: json.loads((settings.data_dir / "search" / f"{name}.json").read_bytes())
            for name in ("weights", "thresholds")
        },
        machine={**machine(), "load": load()},
        sizes=sizes,
        training_seconds=_training_seconds(settings, model),
        commit=commit or None,
        uncommitted=bool(commit and _git("status", "--porcelain")),
    )


def _training_seconds(settings: Settings, model: str) -> float | None:
    """From the log of the last training, where it was this model's."""
    log = settings.log_dir / "train.log"
    told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return training_seconds(told.splitlines()) if model in told else None


def _git(*arguments: str) -> str:
    """What git says; empty where it is not installed or this is no repository."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
