"""The folder of models: what was chosen survives crashes and comes back the same."""

import json
import os
import tarfile
from datetime import datetime, timezone
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.bank.activation import Act
from bot.bank.bank import HISTORY, Bank, name_of

AT = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """Three models, ``a`` the oldest."""
    for age, name in enumerate("cba"):
        path = tmp_path / f"{name}.tar.gz"
        path.write_bytes(b"model")
        os.utime(path, (AT.timestamp() - age, AT.timestamp() - age))
    return Bank(tmp_path, lambda: AT)


def test_models_come_youngest_first_with_their_marks(bank, tmp_path):
    (tmp_path / "b.card.json").write_text('{"released": true}')
    bank.record(Act.ACTIVATED, "b", served="c", by="lan")
    entries = bank.entries(current="a")
    assert [(e.id, e.active, e.predecessor, e.current, e.released, e.size) for e in entries] == [
        ("c", False, True, False, False, 5),
        ("b", True, False, False, True, 5),
        ("a", False, False, True, False, 5),
    ]


def test_the_history_tells_who_when_and_why(bank):
    bank.record(Act.ACTIVATED, "a", " câu mới ", served="c", by="lan")
    bank.record(Act.ACTIVATED, "b", served="ignored", forced=True, by="hoa")
    first, second = bank.history()
    assert (first.at, first.model, first.before, first.by, first.why) == (AT, "a", "c", "lan", "câu mới")
    assert (second.before, second.forced) == ("a", True)
    assert bank.active_model() == bank.path("b")


def test_the_callers_account_is_noted(bank, monkeypatch):
    monkeypatch.setenv("LOGNAME", "canbo")
    assert bank.record(Act.ACTIVATED, "a", served=None).by == "canbo"


def test_a_crash_while_writing_leaves_the_history_as_it_was(bank, monkeypatch):
    """Half a line would leave the next start without a model that was chosen."""
    bank.record(Act.ACTIVATED, "a", served=None)

    def crash(_number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.bank.bank.os.fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        bank.record(Act.ACTIVATED, "b", served=None)
    assert bank.active() == "a"
    monkeypatch.undo()
    bank.record(Act.ACTIVATED, "c", served=None)
    assert [step.model for step in bank.history()] == ["a", "c"]


def _activate(folder: Path, name: str) -> None:
    for _ in range(20):
        Bank(folder).record(Act.ACTIVATED, name, served=None)


def test_two_who_activate_at_once_are_both_in_the_history(bank, tmp_path):
    spawn = get_context("spawn")
    workers = [spawn.Process(target=_activate, args=(tmp_path, name)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(step.model for step in bank.history()) == ["a"] * 20 + ["b"] * 20


def test_a_rollback_passes_over_models_that_are_gone(bank):
    for name in "abc":
        bank.record(Act.ACTIVATED, name, served=None)
    bank.delete("b")
    assert bank.predecessor() == "a"


def test_a_chosen_model_that_is_gone_is_not_handed_out(bank):
    bank.record(Act.ACTIVATED, "a", served=None)
    bank.delete("a")
    assert bank.active() == "a" and bank.active_model() is None


def test_a_deleted_model_takes_its_cards_along(bank, tmp_path):
    bank.record(Act.ACTIVATED, "a", served=None)
    bank.write_card("a", {"released": True})
    bank.write_card("a", {"released": False})
    bank.delete("a")
    assert sorted(path.name for path in tmp_path.glob("a.*")) == []
    bank.delete("a")


def test_a_refused_measurement_does_not_become_the_new_measure(bank, tmp_path):
    """Otherwise running the release twice would let a worse assistant through the second time."""
    bank.record(Act.ACTIVATED, "a", served=None)
    bank.write_card("a", {"released": True, "n": 1})
    path = bank.write_card("a", {"released": False, "n": 2})
    assert path.name == "a.refused.card.json" and json.loads(path.read_bytes())["n"] == 2
    assert bank.card("a") == {"released": True, "n": 1}
    bank.write_card("a", {"released": True, "n": 3})
    bank.write_card("b", {"released": False})
    assert bank.card("a") == {"released": True, "n": 3} and bank.card("b") == {"released": False}


def test_only_a_whole_model_opens(bank):
    whole, half, other = (bank.path(name) for name in "abc")
    for path, inside in ((whole, "metadata.json"), (other, "notes.txt")):
        with tarfile.open(path, "w:gz") as archive:
            archive.addfile(tarfile.TarInfo(inside))
    half.write_bytes(whole.read_bytes()[:-20])
    assert [bank.opens(name) for name in ("a", "b", "c", "none")] == [True, False, False, False]


def test_an_empty_folder_is_an_empty_bank(tmp_path):
    bank = Bank(tmp_path / "none")
    assert (bank.history(), bank.active(), bank.predecessor(), bank.entries("x")) == ([], None, None, [])
    bank.record(Act.ACTIVATED, "a", served=None)
    assert (tmp_path / "none" / HISTORY).exists()


def test_the_name_is_the_file_without_its_ending():
    assert name_of(Path("models/ab.12.tar.gz")) == "ab.12"
