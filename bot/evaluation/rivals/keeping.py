"""Models that take long to train, kept outside the data until what they were made of changes."""

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.evaluation.machine import MB

Train = Callable[[Path], Path]
"""Trains into an empty folder and returns the finished model file in it."""


class Training(msgspec.Struct, frozen=True):
    """What a training took: seconds by the clock, seconds of work on a core, MB of the model file."""

    seconds: float
    cpu_seconds: float
    size_mb: float


@dataclass(frozen=True)
class Kept:
    """A trained model and what its training took."""

    path: Path
    training: Training


def kept(folder: Path, name: str, key: str, train: Train) -> Kept:
    """The model ``name`` made of what ``key`` is the fingerprint of, trained first when there is none yet.

    A model of another key goes when the new one is finished. A failed training raises what ``train``
    raises and leaves nothing behind.
    """
    model = folder / f"{name}-{key}.tar.gz"
    record = folder / f"{name}-{key}.json"
    if not (model.exists() and record.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            started, worked = time.perf_counter(), _work()
            made = train(Path(unfinished))
            training = Training(
                round(time.perf_counter() - started, 1),
                round(_work() - worked, 1),
                round(made.stat().st_size / MB, 2),
            )
            for outdated in folder.glob(f"{name}-*"):
                outdated.unlink()
            made.replace(model)
        # Written last: a record means that its model is whole.
        record.write_bytes(msgspec.json.encode(training))
    return Kept(model, msgspec.json.decode(record.read_bytes(), type=Training))


def _work() -> float:
    """Seconds of work of this process and of the finished ones it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
