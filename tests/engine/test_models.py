"""What citizens lose here: their answers while a model changes, or all of them after a broken one."""

import gc
import weakref
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.bank.activation import Act
from bot.bank.bank import Bank
from bot.engine.models import Models


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    for name in ("old", "new", "broken"):
        (tmp_path / f"{name}.tar.gz").write_bytes(b"")
    return Bank(tmp_path, lambda: datetime(2026, 11, 22, tzinfo=timezone.utc))


def load(path: Path) -> str:
    if "broken" in path.name:
        raise ValueError("no model")
    return path.name.removesuffix(".tar.gz")


def activate(bank: Bank, name: str) -> None:
    bank.record(Act.ACTIVATED, name, served="old", by="somebody")


async def test_an_activated_model_is_taken_up(bank: Bank) -> None:
    models = Models(bank, bank.path("old"), load)
    await models.look()
    assert models.current == "old"
    activate(bank, "new")
    await models.look()
    assert models.current == "new"


class Knowing:
    """Knows itself, as parts of a model know each other."""

    def __init__(self, _path: Path) -> None:
        self.itself = self


async def test_the_model_before_leaves_memory(bank: Bank) -> None:
    """Machines have no room for each model of a day."""
    models = Models(bank, bank.path("old"), Knowing)
    before = weakref.ref(models.current)
    gc.disable()
    try:
        activate(bank, "new")
        await models.look()
    finally:
        gc.enable()
    assert before() is None


async def test_a_model_that_cannot_be_loaded_leaves_the_one_before(bank: Bank) -> None:
    models = Models(bank, bank.path("old"), load)
    activate(bank, "broken")
    await models.look()
    await models.look()
    assert models.current == "old"
    assert [step.act for step in bank.history()] == [Act.ACTIVATED, Act.WENT_BACK]
    assert bank.active() == "old" and "ValueError" in bank.history()[-1].why


async def test_of_several_processes_one_writes_down_that_it_went_back(bank: Bank) -> None:
    processes = [Models(bank, bank.path("old"), load) for _ in range(3)]
    activate(bank, "broken")
    for models in processes:
        await models.look()
    assert [step.act for step in bank.history()] == [Act.ACTIVATED, Act.WENT_BACK]
    assert {models.current for models in processes} == {"old"}
