"""The bank of models as staff use it: one command each, and no worse model by a slip."""

import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.bank.bank import Bank
from bot.cli import main
from bot.commands import models
from bot.settings import get_settings

NOW = 1_800_000_000


def card(name: str, released: bool, top1: float) -> str:
    metrics: dict[str, Any] = {
        "n": 10,
        "procedure_top1": top1,
        "procedure_top3": 1.0,
        "intent_accuracy": 0.9,
        "answered_wrong": 0.02,
        "answered_right": 0.8,
        "asked_back": 0.1,
        "refused": 0.0,
        "out_of_scope_recall": None,
        "in_scope_refused": 0.0,
        "not_in_catalogue": 0,
        "errors": 0,
        "latency_ms": {"p50": 5.0, "p95": 9.0, "p99": 10.0},
        "variants": {},
    }
    metrics["counts"] = {share: [1, 10] for share in metrics}
    score = {"precision": top1, "recall": top1, "f1": top1, "n": 30}
    return json.dumps(
        {
            "model": name,
            "made": "2026-11-22T10:00:00+07:00",
            "released": released,
            "fell": [],
            "data": {},
            "metrics": metrics,
            "intents": {"ask_fee": score},
            "confusions": [],
        }
    )


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    """Four models: ``aa1`` and ``ab1`` released, ``b`` refused, ``c`` not measured and of today's data."""
    bank = Bank(tmp_path)
    for age, name in enumerate(("c", "b", "ab1", "aa1")):
        with tarfile.open(bank.path(name), "w:gz") as model:
            model.addfile(tarfile.TarInfo("metadata.json"))
        os.utime(bank.path(name), (NOW - age, NOW - age))
    for name, released, top1 in (("aa1", True, 0.9), ("ab1", True, 0.95), ("b", False, 0.8)):
        bank.card_path(name).write_text(card(name, released, top1))
    monkeypatch.setenv("BOT_MODELS_DIR", str(tmp_path))
    monkeypatch.setattr(models, "current_model", lambda settings: bank.path("c"))
    monkeypatch.setattr("bot.training.current_model", lambda settings: bank.path("c"))
    get_settings.cache_clear()
    yield bank
    get_settings.cache_clear()


def run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, ["models", *arguments])
    assert (result.exit_code != 0) is fails, result.output
    return result.output


def line_of(output: str, name: str) -> str:
    return next(" ".join(line.split()) for line in output.splitlines() if line.split()[:1] == [name])


def test_the_list_tells_what_serves_and_what_is_old(bank):
    listed = run("list")
    assert line_of(listed, "c").endswith("– – – – đang dùng (mới nhất)")
    assert line_of(listed, "ab1").endswith("có 95,0 % 90,0 % 2,0 % cũ hơn dữ liệu")
    assert "không 80,0 %" in line_of(listed, "b")
    run("activate", "ab1", "--why", "đo tốt hơn")
    listed = run("list")
    assert line_of(listed, "ab1").endswith("đang dùng, cũ hơn dữ liệu")
    assert line_of(listed, "c").endswith("dùng trước đó")
    assert "đưa vào dùng" in listed and "đo tốt hơn" in listed


def test_there_and_back_again(bank):
    """Two rollbacks lead two steps back, and what is recorded is what serves."""
    assert "cũ hơn dữ liệu" in run("activate", "aa")
    run("activate", "ab1")
    assert bank.active() == "ab1"
    assert "Đã quay lại aa1" in run("rollback", "--why", "dân phàn nàn")
    assert bank.history()[-1].why == "dân phàn nàn"
    assert "Đã quay lại c" in run("rollback")
    assert "Không có mô hình nào" in run("rollback", fails=True)
    assert bank.active() == "c"


def test_a_model_that_failed_needs_force_and_a_reason(bank):
    assert "không đạt" in run("activate", "b", fails=True)
    assert "chưa được đo" in run("activate", "c", fails=True)
    assert "--why" in run("activate", "b", "--force", fails=True)
    assert bank.history() == []
    run("activate", "b", "--force", "--why", "bản cũ sai luật mới")
    assert bank.history()[0].forced
    assert "(không đạt)" in run("list")


def test_a_damaged_file_is_not_activated(bank):
    """Nobody would be answered while the server finds out."""
    bank.path("ab1").write_bytes(b"half a copy")
    assert "hỏng" in run("activate", "ab1", fails=True)
    assert bank.history() == []


def test_activating_what_serves_changes_nothing(bank):
    run("activate", "aa1")
    assert "đang được dùng rồi" in run("activate", "aa1")
    assert len(bank.history()) == 1


def test_a_name_must_mean_one_model(bank):
    assert "nhiều mô hình" in run("activate", "a", fails=True)
    assert "không có mô hình này" in run("show", "zz", fails=True)


def test_the_card_of_what_serves_is_shown(bank):
    assert "chưa được đo" in run("show", fails=True)
    run("activate", "ab1")
    assert "ab1" in run("show") and "95,0 %" in run("show")
    assert "aa1" in run("show", "aa1")


def test_a_comparison_marks_what_fell(bank):
    worse = run("compare", "ab1", "aa1")
    assert "✗ kém quá mức cho phép" in worse and "ask_fee: F1" in worse
    assert "1 chỉ số kém quá mức cho phép" in worse.splitlines()[-1]
    assert "Không chỉ số nào" in run("compare", "aa1", "ab1")
    assert "chưa được đo" in run("compare", "aa1", "c", fails=True)


def test_tidying_up_keeps_what_serves_and_the_way_back(bank):
    run("activate", "ab1")
    run("activate", "aa1")
    assert run("prune", "--keep", "1") == "Đã xóa b\n"
    assert not bank.path("b").exists() and not bank.card_path("b").exists()
    assert all(bank.path(name).exists() for name in ("aa1", "ab1", "c"))
    run("prune", "--keep", "0")
    assert [e.id for e in bank.entries("")] == ["ab1", "aa1"]
    assert "Không có gì" in run("prune", "--keep", "0")


def test_a_chosen_model_that_is_gone_is_reported(bank):
    run("activate", "ab1")
    bank.delete("ab1")
    listed = run("list")
    assert "Không còn tệp của mô hình đang dùng ab1" in listed
    assert "đang dùng (mới nhất)" in line_of(listed, "c")


def test_a_broken_card_ends_in_a_sentence(bank):
    bank.card_path("aa1").write_text("{")
    assert "hỏng" in run("list", fails=True)
