"""The graph components as Rasa calls them."""

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.gazetteer import GazetteerExtractor
from bot.nlu.identifier_extractor import IdentifierExtractor
from bot.nlu.question_classifier import QuestionClassifier
from bot.nlu.vietnamese_tokenizer import VietnameseTokenizer

CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("component")


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("model"))


def entities(text: str, storage: LocalModelStorage) -> list[dict[str, Any]]:
    extractor = IdentifierExtractor.create({}, storage, RESOURCE, CONTEXT)
    (message,) = extractor.process([Message({"text": text})])
    found: list[dict[str, Any]] = message.get("entities", [])
    return found


def test_personal_numbers_never_become_entity_values(storage: LocalModelStorage) -> None:
    """Entity values are written to the conversation store."""
    text = "căn cước 022190001234, sđt 0912345678"
    found = entities(text, storage)
    assert {entity["entity"] for entity in found} == {"citizen_id", "phone"}
    assert all(entity["value"] == entity["entity"] for entity in found)
    assert text[found[0]["start"] : found[0]["end"]] == "022190001234"


def test_codes_of_dossiers_and_procedures_are_kept(storage: LocalModelStorage) -> None:
    found = entities("1.001193 và H49.22-261119-0034", storage)
    values = {entity["entity"]: entity["value"] for entity in found}
    assert values == {"procedure": "1.001193", "dossier": "H49.22-261119-0034"}


def test_names_are_added_to_entities_already_found(storage: LocalModelStorage) -> None:
    config = GazetteerExtractor.get_default_config()
    extractor = GazetteerExtractor.create(config, storage, RESOURCE, CONTEXT)
    message = Message({"text": "1.001193 ở phường Hồng Gai mức 4", "entities": [{"entity": "procedure"}]})
    extractor.process([message])
    assert [entity["entity"] for entity in message.get("entities")] == ["procedure", "unit", "level"]


def test_tokens_stand_where_the_text_says() -> None:
    tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())
    text = "Làm GKS  ở Hạ Long?"
    tokens = tokenizer.tokenize(Message({"text": text}), "text")
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert tokens[1].lemma == "giay khai sinh"


def test_classifier_trains_stores_loads_and_ranks(storage: LocalModelStorage) -> None:
    data = TrainingData(
        [
            Message.build(text=f"{topic} {end}", intent=intent)
            for topic in ("khai sinh", "kết hôn", "căn cước", "hộ chiếu")
            for intent, end in (("ask_fee", "bao nhiêu tiền"), ("ask_place", "nộp ở đâu"))
        ],
        lookup_tables=[{"name": "subject_acts", "elements": ["khai sinh", "kết hôn"]}],
    )
    resource = QuestionClassifier.create({}, storage, Resource("questions"), CONTEXT).train(data)
    loaded = QuestionClassifier.load({}, storage, resource, CONTEXT)
    known, empty = Message({"text": "tách thửa nộp ở đâu"}), Message({"text": "🙂 ?!"})
    loaded.process([known, empty])
    assert known.get("intent")["name"] == "ask_place"
    assert [entry["name"] for entry in known.get("intent_ranking")] == ["ask_place", "ask_fee"]
    assert empty.get("intent") == {"name": None, "confidence": 0.0}


def test_component_names_are_those_of_the_configuration() -> None:
    config = (Path(__file__).resolve().parents[2] / "config.yml").read_text(encoding="utf-8")
    for component in (VietnameseTokenizer, QuestionClassifier, IdentifierExtractor, GazetteerExtractor):
        assert f"name: {component.__module__}.{component.__name__}" in config
