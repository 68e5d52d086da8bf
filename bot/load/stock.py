"""Rasa's default pipeline and policies, trained on our data."""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.evaluation.machine import MB
from bot.settings import Settings
from bot.training import (
    DOMAIN,
    TRAINING_DATA,
    TrainingError,
    current_model,
    fingerprint,
    train_if_needed,
)

SHIPPED_EPOCHS = 100
_LINES_OF_LOG = 20
_BEGUN = re.compile(r"Epochs: +0%")
_PAINTED = re.compile(r"Epochs: +\d+%\|[^|]*\| (\d+)/\d+ \[(?:(\d+):)?(\d+):(\d+)<")


class Training(msgspec.Struct, frozen=True):
    """What a training took: seconds by the clock, seconds of work on a core, MB of the model file, epochs,
    and seconds of one more epoch of all components together.
    """

    seconds: float
    cpu_seconds: float
    size_mb: float
    epochs: int = SHIPPED_EPOCHS
    epoch_s: float = 0.0

    def full_seconds(self) -> float:
        """Of ``SHIPPED_EPOCHS``: for fewer an extrapolation, rather too little, as Rasa goes over the data
        in larger batches from epoch to epoch.
        """
        return round(self.seconds + (SHIPPED_EPOCHS - self.epochs) * self.epoch_s, 1)


def config(epochs: int) -> dict[str, Any]:
    """The configuration Rasa ships, with our language.

    Source: rasa/engine/recipes/config_files/default_config.yml of Rasa 3.6.
    """
    trained = {"epochs": epochs}
    similar = {"constrain_similarities": True}
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
            {"name": "DIETClassifier", **trained, **similar},
            {"name": "EntitySynonymMapper"},
            {"name": "ResponseSelector", **trained, **similar},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, **trained},
            {"name": "TEDPolicy", "max_history": 5, **trained, **similar},
        ],
    }


def stock_model(settings: Settings, epochs: int) -> tuple[Path, Training]:
    """The model of the data as they are, kept in ``models/stock``; trained first when there is none yet,
    which takes hours for all epochs. One of other data or epochs goes when the new one is finished.

    Raises ``TrainingError`` with the last lines of the output.
    """
    data = [settings.data_dir / part for part in TRAINING_DATA]
    folder = settings.models_dir / "stock"
    key = fingerprint([DOMAIN, *data]) + f"-{epochs}"
    model, record = folder / f"{key}.tar.gz", folder / f"{key}.json"
    if not (model.exists() and record.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            made, training = _train(Path(unfinished), data, epochs, settings.process_environment())
            for outdated in [*folder.glob("*.tar.gz"), *folder.glob("*.json")]:
                outdated.unlink()
            made.replace(model)
        # Written last: a record means that its model is whole.
        record.write_bytes(msgspec.json.encode(training))
    return model, msgspec.json.decode(record.read_bytes(), type=Training)


def epoch_seconds(log: str) -> float:
    """Seconds of one epoch after the first, which also compiles: the mean of each component that was trained,
    all together, from the progress bars of a log; 0 where there is one epoch only.
    """
    found = 0.0
    for bar in _BEGUN.split(log):
        at = {int(epoch): _seconds(*clock) for epoch, *clock in _PAINTED.findall(bar)}
        last = max(at, default=0)
        if last > 1 and 1 in at:
            found += (at[last] - at[1]) / (last - 1)
    return round(found, 2)


def our_training(settings: Settings) -> Training:
    """Of ours, trained anew where this was not measured for the data as they are: Rasa's cache would have
    parts of it ready. Raises ``TrainingError``.
    """
    record = settings.models_dir / "stock" / "ours" / f"{current_model(settings).name.split('.')[0]}.json"
    if not record.exists():
        record.parent.mkdir(parents=True, exist_ok=True)
        for outdated in record.parent.glob("*.json"):
            outdated.unlink()
        record.write_bytes(msgspec.json.encode(train_anew(settings)))
    return msgspec.json.decode(record.read_bytes(), type=Training)


def train_anew(settings: Settings) -> Training:
    """Train ours in a temporary folder, without Rasa's cache, only to time it. Raises ``TrainingError``."""
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = settings.copy(update={"models_dir": Path(folder), "var_dir": Path(folder)})
        before = os.environ.get(_CACHE)
        os.environ[_CACHE] = str(Path(folder) / "cache")
        started, worked = time.perf_counter(), _work()
        try:
            model = train_if_needed(elsewhere, lambda line: None)
        finally:
            if before is None:
                del os.environ[_CACHE]
            else:
                os.environ[_CACHE] = before
        return _took(model, started, worked)


def _train(
    folder: Path, data: Iterable[Path], epochs: int, environment: Mapping[str, str]
) -> tuple[Path, Training]:
    settings, log = folder / "config.yml", folder / "train.log"
    settings.write_text(yaml.safe_dump(config(epochs), sort_keys=False), encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "--config", str(settings), "--domain", str(DOMAIN)]
    command += ["--data", *(str(path) for path in data if path.exists())]
    command += ["--out", str(folder), "--fixed-model-name", "stock", "--force"]
    started, worked = time.perf_counter(), _work()
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            env={**environment, **ALL_CORES},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    said = log.read_text(encoding="utf-8", errors="replace")
    model = folder / "stock.tar.gz"
    # `rasa train` also reports success where it found nothing to train.
    if done.returncode != 0 or not model.exists():
        raise TrainingError("\n".join(said.splitlines()[-_LINES_OF_LOG:]))
    took = _took(model, started, worked)
    return model, msgspec.structs.replace(took, epochs=epochs, epoch_s=epoch_seconds(said))


_CORES = str(os.cpu_count() or 1)
ALL_CORES = {
    "TF_INTRA_OP_PARALLELISM_THREADS": "0",
    "TF_INTER_OP_PARALLELISM_THREADS": "0",
    "OMP_NUM_THREADS": _CORES,
    "OPENBLAS_NUM_THREADS": _CORES,
}
"""As Rasa runs where nobody set anything: all libraries take the threads they like."""


_CACHE = "RASA_CACHE_DIRECTORY"  # rasa/engine/caching.py


def _took(model: Path, started: float, worked: float) -> Training:
    size = model.stat().st_size / MB
    return Training(round(time.perf_counter() - started, 1), round(_work() - worked, 1), round(size, 2))


def _seconds(hours: str, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _work() -> float:
    """Seconds of work of the finished processes this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
