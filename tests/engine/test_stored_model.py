"""What citizens lose here: rules that decide by another domain than the one that was trained."""

import json
from pathlib import Path
from tempfile import mkdtemp

from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain

from bot.engine.runner import StraightRunner
from bot.engine.stored_model import read_model
from tests.working import trained_model


def domain_of(runner: GraphRunner) -> Domain:
    return runner.run(targets=["domain_provider"])["domain_provider"]


def test_the_domain_of_the_metadata_is_the_domain_rasa_reads(straight: GraphRunner) -> None:
    """All of it, in the same order, and whatever stands for its contents."""
    _, metadata, runner = read_model(trained_model())
    ours, read = domain_of(runner), domain_of(straight)
    assert ours is metadata.domain
    assert json.dumps(ours.as_dict()) == json.dumps(read.as_dict())
    assert ours.fingerprint() == read.fingerprint()
    assert ours.action_names_or_texts == read.action_names_or_texts
    assert ours.input_states == read.input_states
    assert ours.slots == read.slots


def test_all_but_the_training_is_as_rasa_reads_it() -> None:
    name, ours, runner = read_model(trained_model())
    assert (name, type(runner)) == (trained_model().name, StraightRunner)
    plain = LocalModelStorage.from_model_archive(Path(mkdtemp(prefix="model-")), trained_model())[1]
    for field in ("model_id", "assistant_id", "core_target", "nlu_target", "language", "project_fingerprint"):
        assert getattr(ours, field) == getattr(plain, field)
    assert ours.predict_schema.nodes.keys() == plain.predict_schema.nodes.keys()
