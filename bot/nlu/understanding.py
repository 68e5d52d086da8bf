"""The trained model read without Rasa: the same pipeline as ``config.yml``, for the command line."""

import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.nlu.features import extract
from bot.nlu.linear_model import LinearModel
from bot.nlu.matching import Gazetteer
from bot.nlu.model_file import load
from bot.nlu.name_tables import read_names
from bot.text import find_identifiers
from bot.text.identifiers import Kind

_CLASSIFIER_FILE = "questions.npz"
PUBLIC_KINDS = frozenset({Kind.DOSSIER, Kind.PROCEDURE, Kind.MONEY})


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


def rank(model: LinearModel, text: str) -> list[dict[str, Any]]:
    """All intents with probabilities, best first; empty for a message without letters or digits."""
    if not any(character.isalnum() for character in text):
        return []
    chances = model.probabilities(extract(text)).tolist()
    pairs = sorted(zip(chances, model.labels, strict=True), key=lambda pair: -pair[0])
    return [{"name": label, "confidence": chance} for chance, label in pairs]


def identifier_entities(text: str) -> list[dict[str, Any]]:
    """One entity per identifier; what is personal carries its kind in place of its value."""
    return [
        {
            "entity": identifier.kind.value,
            "start": identifier.start,
            "end": identifier.end,
            "value": identifier.value if identifier.kind in PUBLIC_KINDS else identifier.kind.value,
        }
        for identifier in find_identifiers(text)
    ]


def name_entities(names: Gazetteer, text: str) -> list[dict[str, Any]]:
    """Units, agencies, fields and levels; ``codes`` lists everything a name may stand for."""
    return [
        {
            "entity": match.entity,
            "value": match.value,
            "codes": list(match.codes),
            "start": match.start,
            "end": match.end,
        }
        for match in names.find(text)
    ]
