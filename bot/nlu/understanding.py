"""The trained model read without Rasa: the same pipeline as ``config.yml``, for the command line."""

import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.nlu.linear_model import LinearModel
from bot.nlu.matching import Gazetteer
from bot.nlu.model_file import load
from bot.nlu.name_tables import read_names
from bot.nlu.parsing import identifier_entities, name_entities, rank

_CLASSIFIER_FILE = "questions.npz"


class Understanding:
    """Parses messages as the running server does; loads in a fraction of Rasa's start time."""

    def __init__(self, model: LinearModel, names: Gazetteer) -> None:
        self._model, self._names = model, names

    def parse(self, text: str) -> Mapping[str, Any]:
        """``{"text", "intent", "intent_ranking", "entities"}`` as Rasa's parse result."""
        ranking = rank(self._model, text)
        best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        entities = [*identifier_entities(text), *name_entities(self._names, text)]
        return {"text": text, "intent": best, "intent_ranking": ranking, "entities": entities}


def open_understanding(model_path: Path, data_dir: Path) -> Understanding:
    """Understanding of a trained model archive (``models/*.tar.gz``).

    Raises ``FileNotFoundError`` when the archive holds no classifier.
    """
    with tarfile.open(model_path) as archive, tempfile.TemporaryDirectory() as folder:
        member = next((m for m in archive if Path(m.name).name == _CLASSIFIER_FILE), None)
        file = archive.extractfile(member) if member else None
        if file is None:
            raise FileNotFoundError(f"{model_path.name} holds no {_CLASSIFIER_FILE}")
        target = Path(folder) / _CLASSIFIER_FILE
        target.write_bytes(file.read())
        model = load(target)
    names = read_names(data_dir / "catalogue", data_dir / "nlu" / "fields.csv")
    return Understanding(model, Gazetteer(names))
