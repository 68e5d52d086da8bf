"""A catalogue imported while the assistant runs must be answered from without a restart."""

from datetime import date
from pathlib import Path

import pytest

from bot.catalogue.records import Procedure, Source
from bot.knowledge_source import KnowledgeSource, days_off, wording_from

ROOT = Path(__file__).parents[1]


class FakeRepository:
    """Holds one revision in memory and counts how often it is read."""

    def __init__(self) -> None:
        self.names = {"1.000001": "Đăng ký khai sinh"}
        self.number = 1
        self.loads = 0
        self.down = False

    def revision(self):
        if self.down:
            raise OSError("no database")
        return self.number

    def procedures(self):
        self.loads += 1
        return [Procedure(code, name, Source("Nguồn")) for code, name in self.names.items()]

    def agencies(self):
        return []

    units = statistics = agencies


@pytest.fixture
def repository(monkeypatch):
    fake = FakeRepository()
    monkeypatch.setattr("bot.knowledge_source.Repository", lambda engine: fake)
    return fake


@pytest.fixture
def source(repository):
    return KnowledgeSource(None, ROOT / "data", refresh_seconds=0)


def test_a_new_revision_is_picked_up_without_a_restart(source, repository):
    assert set(source.assistant().catalogue.procedures) == {"1.000001"}
    repository.names["1.000002"] = "Đăng ký kết hôn"
    repository.number = 2
    assert set(source.settle().catalogue.procedures) == {"1.000001", "1.000002"}
    assert source.revision == 2


def test_the_same_revision_is_not_loaded_again(source, repository):
    assert source.settle() is source.settle()
    assert repository.loads == 1


def test_citizens_are_answered_from_what_is_loaded_when_the_database_goes_down(source, repository):
    first = source.assistant()
    repository.down = True
    assert source.settle() is first
    repository.down = False
    repository.number = 2
    assert source.settle().catalogue.revision == 2


def test_the_database_is_not_asked_at_every_turn(repository):
    source = KnowledgeSource(None, ROOT / "data", refresh_seconds=3600)
    first = source.assistant()
    repository.number = 2
    assert source.assistant() is first


def test_an_empty_catalogue_answers_nothing_and_does_not_break(source, repository):
    repository.names.clear()
    assert len(source.assistant().catalogue.procedures) == 0


def test_days_off_are_the_statutory_and_the_announced_ones():
    found = days_off({"day_off": [{"date": date(2026, 11, 24)}]}, 2026)
    assert {date(2026, 11, 24), date(2027, 1, 1), date(2027, 2, 6), date(2026, 9, 2)} <= found.days_off


def test_swap_days_are_worked():
    found = days_off({"day_off": [], "working_day": [{"date": date(2026, 8, 22)}]}, 2026)
    assert found.is_working(date(2026, 8, 22)) and not found.is_working(date(2026, 8, 29))


def test_the_texts_of_the_domain_are_read():
    assert wording_from(ROOT / "domain.yml").shipped["utter_greet"]
