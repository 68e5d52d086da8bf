"""Rasa component: units, agencies, fields and levels named in a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.matching import Gazetteer
from bot.nlu.name_tables import read_names
from bot.nlu.parsing import name_entities

_ROOT = Path(__file__).resolve().parents[2]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class GazetteerExtractor(GraphComponent):  # type: ignore[misc]
    """Entities unit, agency, field and level.

    The value is the name as the table writes it; `codes` lists every unit or agency it may mean,
    several where a name was used again after the reform of 1/7/2025. Paths in the configuration
    are relative to the project.
    """

    def __init__(self, names: Gazetteer) -> None:
        self._names = names

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"catalogue": "data/catalogue", "fields": "data/nlu/fields.csv"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerExtractor:
        return cls(Gazetteer(read_names(_ROOT / config["catalogue"], _ROOT / config["fields"])))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = [
                {**entity, "extractor": type(self).__name__}
                for entity in name_entities(self._names, message.get(TEXT) or "")
            ]
            if found:
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
