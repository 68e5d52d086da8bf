"""Reads a trained model: its domain only once, its classifier small."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.engine import loader
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelMetadata
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_json_file

from bot.engine.runner import StraightRunner
from bot.engine.stored_classifier import StoredClassifier
from bot.nlu.question_classifier import QuestionClassifier


def read_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
    """Name of the file, metadata and graph of a trained model."""
    with TemporaryDirectory() as folder:
        metadata, runner = loader.load_predict_graph_runner(
            Path(folder), Path(model_path), StoredModel, StraightRunner
        )
    return Path(model_path).name, metadata, runner


class StoredModel(LocalModelStorage):  # type: ignore[misc]
    """``LocalModelStorage`` that knows the domain of the model it was unpacked from."""

    domain: Domain

    @classmethod
    def from_model_archive(
        cls, storage_path: Path, model_archive_path: str | Path
    ) -> tuple[StoredModel, ModelMetadata]:
        """The storage, and the metadata with our parts where they name those they stand for."""
        storage, metadata = super().from_model_archive(storage_path, model_archive_path)
        storage.domain = metadata.domain
        for node in metadata.predict_schema.nodes.values():
            node.uses = _IN_PLACE_OF.get(node.uses, node.uses)
        return storage, metadata

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        """Without the graph of the training, whose parts would all be imported."""
        stored = read_json_file(directory / MODEL_ARCHIVE_METADATA_FILE)
        return ModelMetadata.from_dict({**stored, "train_schema": {"nodes": {}}})


class StoredDomain(DomainProvider):  # type: ignore[misc]
    """Gives the domain of the model's metadata. ``DomainProvider`` reads the same once more, from YAML, and
    checks it against a schema as was done when the model was trained: 2 s of a start.
    """

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: StoredModel,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> StoredDomain:
        return cls(model_storage, resource, model_storage.domain)


_IN_PLACE_OF = {DomainProvider: StoredDomain, QuestionClassifier: StoredClassifier}
