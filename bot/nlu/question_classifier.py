"""Rasa component: which kind of question a message is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_model import LinearModel
from bot.nlu.model_file import load, save
from bot.nlu.parsing import rank
from bot.nlu.variation import Example, Phrases

_FILE = "questions.npz"
_RANKING = "intent_ranking"
_SUBJECTS = "subject"
_OPENINGS = "opening"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class QuestionClassifier(GraphComponent):  # type: ignore[misc]
    """Sets `intent` and `intent_ranking` (every intent, most probable first).

    A message without a single letter or digit gets the intent None with confidence 0. Lookup tables
    of the training data named "subject…" and "opening…" are the phrases examples are varied with.
    """

    def __init__(self, storage: ModelStorage, resource: Resource, model: LinearModel | None) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, load(Path(folder) / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        from bot.nlu.training import fit  # keeps scikit-learn out of the serving process

        examples = [
            Example(message.get(TEXT), message.get(INTENT)) for message in training_data.intent_examples
        ]
        subjects = _phrases(training_data, _SUBJECTS)
        openings = [opening for table in _phrases(training_data, _OPENINGS) for opening in table]
        self._model = fit(examples, Phrases(subjects, openings))
        with self._storage.write_to(self._resource) as folder:
            save(self._model, Path(folder) / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = rank(self._model, message.get(TEXT) or "") if self._model else []
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(_RANKING, ranking, add_to_output=True)
        return messages


def _phrases(training_data: TrainingData, prefix: str) -> list[list[str]]:
    return [
        [str(phrase) for phrase in table["elements"]]
        for table in training_data.lookup_tables
        if table["name"].startswith(prefix) and isinstance(table["elements"], list)
    ]
