"""Rasa's default pipeline and policies, trained on our data."""

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
from bot.training import DOMAIN, TRAINING_DATA, TrainingError, fingerprint

SHIPPED_EPOCHS = 100
_LINES_OF_LOG = 20
_BEGUN = re.compile(r"Epochs: +0%")
_FINISHED = re.compile(r"Epochs: 100%\|[^\[]*\[[^,\]]*, *([\d.]+)(s/it|it/s)")


class Training(msgspec.Struct, frozen=True):
    """What a training took: seconds by the clock, seconds of work on a core, MB of the model file, epochs,
    and seconds of one epoch of all components together.
    """

    seconds: float
    cpu_seconds: float
    size_mb: float
    epochs: int
    epoch_s: float

    def full_seconds(self) -> float:
        """Of ``SHIPPED_EPOCHS``: what does not depend on epochs, and so many of the measured ones. For other
        than those an extrapolation.
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
    """Seconds of one epoch, all components that were trained together, from the progress bars of a log."""
    # A finished bar is painted several times.
    bars = [found[-1] for bar in _BEGUN.split(log) if (found := _FINISHED.findall(bar))]
    return round(sum(float(rate) if unit == "s/it" else 1 / float(rate) for rate, unit in bars), 3)


def _train(
    folder: Path, data: Iterable[Path], epochs: int, environment: Mapping[str, str]
) -> tuple[Path, Training]:
    settings, log = folder / "config.yml", folder / "train.log"
    settings.write_text(yaml.safe_dump(config(epochs), sort_keys=False), encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "--config", str(settings), "--domain", str(DOMAIN)]
    command += ["--data", *(str(path) for path in data if path.exists())]
    command += ["--out", str(folder), "--fixed-model-name", "stock"]
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
    seconds, work = time.perf_counter() - started, _work() - worked
    said = log.read_text(encoding="utf-8", errors="replace")
    model = folder / "stock.tar.gz"
    # `rasa train` also reports success where it found nothing to train.
    if done.returncode != 0 or not model.exists():
        raise TrainingError("\n".join(said.splitlines()[-_LINES_OF_LOG:]))
    size = model.stat().st_size / MB
    return model, Training(round(seconds, 1), round(work, 1), round(size, 2), epochs, epoch_seconds(said))


ALL_CORES = {"TF_INTRA_OP_PARALLELISM_THREADS": "0", "TF_INTER_OP_PARALLELISM_THREADS": "0"}
"""As Rasa runs where nobody set anything: TensorFlow takes the threads it likes."""


def _work() -> float:
    """Seconds of work of the finished processes this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
