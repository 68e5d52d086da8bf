"""The trained model's rules and domain, read once."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from rasa.engine import loader
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata

from bot.engine.runner import StraightRunner
from tests.working import trained_model


@cache
def _loaded(kind: type[GraphRunner]) -> tuple[ModelMetadata, GraphRunner]:
    found: tuple[ModelMetadata, GraphRunner] = loader.load_predict_graph_runner(
        Path(mkdtemp(prefix="graph-")), trained_model(), LocalModelStorage, kind
    )
    return found


@pytest.fixture(scope="session")
def metadata() -> ModelMetadata:
    """Of the trained model."""
    return _loaded(StraightRunner)[0]


@pytest.fixture(scope="session")
def straight() -> GraphRunner:
    """The graph of the trained model in our runner."""
    return _loaded(StraightRunner)[1]


@pytest.fixture(scope="session")
def dask() -> GraphRunner:
    """The same graph in Rasa's runner."""
    return _loaded(DaskGraphRunner)[1]
