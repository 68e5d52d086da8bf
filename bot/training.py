"""Trains the Rasa model, and only when something it is made of changed."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from bot.bank.bank import Bank
from bot.settings import Settings

CONFIG = Path("config.yml")
DOMAIN = Path("domain.yml")
TRAINING_DATA = ("nlu", "rules", "stories")
# The pipeline's own code shapes the model as much as the examples do.
SOURCES = (Path("bot/nlu"), Path("bot/text"))
_RASA_SPEAKS = re.compile(r"\butter_\w+")
_LINES_OF_LOG = 20


class TrainingError(Exception):
    """``rasa train`` failed; the message ends with the last lines of its output."""


def train_if_needed(settings: Settings, say: Callable[[str], None] = print, learned: bool = True) -> Path:
    """The model for the training data as it is now, trained first when there is none yet.

    ``learned``: with what reviewers taught. Raises ``TrainingError``; an interrupted or failed training
    leaves no model behind.
    """
    started = time.monotonic()
    model = current_model(settings, learned)
    if model.exists():
        say(f"Model {model} is up to date.")
        return model
    log = settings.log_dir / "train.log"
    say(f"Training {model} (output in {log}) …")
    # A file under its final name is a finished model: Rasa writes next door.
    unfinished = settings.models_dir / "unfinished"
    _rasa_train(settings, unfinished, model.stem.removesuffix(".tar"), log, _data(settings, learned))
    (unfinished / model.name).replace(model)
    size = model.stat().st_size / 1_000_000
    say(f"Trained in {time.monotonic() - started:.0f} s, {size:.1f} MB.")
    return model


def newest_model(settings: Settings) -> Path | None:
    """The active model; where none was activated, the one for the training data as it is now, else the one
    trained last, else None.
    """
    active = Bank(settings.models_dir).active_model()
    if active:
        return active
    model = current_model(settings)
    if model.exists():
        return model
    return max(settings.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


def current_model(settings: Settings, learned: bool = True) -> Path:
    """Where the model for the training data as it is now is, or will be."""
    made_of = [CONFIG, DOMAIN, *_data(settings, learned), *SOURCES]
    return settings.models_dir / f"{fingerprint(made_of)}.tar.gz"


def fingerprint(paths: Iterable[Path]) -> str:
    """16 hex digits over names and contents of files and folders; missing ones count as empty.

    Of a file called ``domain.yml`` the texts of responses do not count, except of those that training data
    names: these Rasa takes from the model, all others come from the file.
    """
    digest = sha256()
    files = list(_files(paths))
    spoken = {
        name
        for path in files
        if path.suffix in {".yml", ".yaml"} and path.name != DOMAIN.name
        for name in _RASA_SPEAKS.findall(path.read_text(encoding="utf-8"))
    }
    for path in files:
        content = _domain_part(path, spoken) if path.name == DOMAIN.name else path.read_bytes()
        digest.update(f"{path.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _data(settings: Settings, learned: bool) -> list[Path]:
    """What ships, and what was learned since where there is any."""
    shipped = [settings.data_dir / part for part in TRAINING_DATA]
    return [*shipped, settings.learned_dir / "nlu"] if learned else shipped


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                found for found in path.rglob("*") if found.is_file() and "__pycache__" not in found.parts
            )
        elif path.exists():
            yield path


def _domain_part(path: Path, spoken: set[str]) -> bytes:
    domain: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    responses = domain.pop("responses", None) or {}
    domain["responses"] = {name: responses[name] for name in sorted(spoken & responses.keys())}
    return yaml.dump(domain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=True).encode()


def _rasa_train(settings: Settings, folder: Path, name: str, log: Path, data: Sequence[Path]) -> None:
    command = [sys.executable, "-m", "rasa", "train", "--config", str(CONFIG), "--domain", str(DOMAIN)]
    command += ["--data", *(str(path) for path in data if path.exists())]
    command += ["--out", str(folder), "--fixed-model-name", name]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        finished = subprocess.run(
            command,
            env=settings.process_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    # `rasa train` also reports success where it found nothing to train.
    if finished.returncode != 0 or not (folder / f"{name}.tar.gz").exists():
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES_OF_LOG:]
        raise TrainingError("\n".join([f"Training failed. Last lines of {log}:", *lines]))
