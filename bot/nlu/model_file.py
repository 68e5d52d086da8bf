"""A trained classifier in one .npz file: arrays only, nothing that runs code when read."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.nlu.linear_model import LinearModel, rows_of
from bot.nlu.packed_lines import PackedLines

_FORMAT = 1


def save(model: LinearModel, path: Path) -> None:
    """Write the model; weights in half precision, which changes no probability by more than 0.01."""
    np.savez_compressed(
        path,
        format=np.array(_FORMAT),
        labels=np.array(model.labels),
        ids=np.flatnonzero(model.rows >= 0).astype(np.uint32),
        rarity=model.rarity,
        weights=np.asarray(model.weights).astype(np.float16),
        bias=model.bias,
        sharpness=np.array(model.sharpness),
    )


def load(path: Path) -> LinearModel:
    """Read a model; its weights are held without their zeros, which is half the memory.

    Raises ValueError when the file was written in another format.
    """
    with np.load(path, allow_pickle=False) as stored:
        if int(stored["format"]) != _FORMAT:
            raise ValueError(f"classifier file of format {int(stored['format'])}, expected {_FORMAT}")
        return LinearModel(
            labels=tuple(str(label) for label in stored["labels"]),
            rows=rows_of(stored["ids"].astype(np.int64)),
            rarity=stored["rarity"],
            weights=PackedLines(stored["weights"]),
            bias=stored["bias"],
            sharpness=float(stored["sharpness"]),
        )
