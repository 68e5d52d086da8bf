"""The classifier of questions, held small while it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.engine.coded_values import CodedValues
from bot.engine.feature_rows import FeatureRows
from bot.engine.sparse_lines import SparseLines
from bot.nlu.features import BITS
from bot.nlu.linear_model import LinearModel
from bot.nlu.question_classifier import QuestionClassifier

_FILE = "questions.npz"
_FORMAT = 1


class StoredClassifier(QuestionClassifier):
    """Classifies as ``QuestionClassifier`` does, bit for bit, and takes 18 MB of memory in place of 28."""

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> StoredClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, read_small(Path(folder) / _FILE))


def read_small(path: Path) -> LinearModel:
    """What ``bot.nlu.model_file.load`` gives, whose arrays only take from what is asked for.

    Raises ``ValueError`` when the file was written in another format.
    """
    with np.load(path, allow_pickle=False) as stored:
        if int(stored["format"]) != _FORMAT:
            raise ValueError(f"classifier file of format {int(stored['format'])}, expected {_FORMAT}")
        # The largest first: what the others are made of finds room where its matrix was.
        weights: Any = SparseLines(stored["weights"])
        rows: Any = FeatureRows(stored["ids"], 1 << BITS)
        rarity: Any = CodedValues(stored["rarity"])
        return LinearModel(
            labels=tuple(str(label) for label in stored["labels"]),
            rows=rows,
            rarity=rarity,
            weights=weights,
            bias=stored["bias"],
            sharpness=float(stored["sharpness"]),
        )
