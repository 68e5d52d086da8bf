"""Staff train, compare and choose models: nothing worse by a slip, everything under somebody's name."""

import json
import os
import tarfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.bank.activation import Act
from bot.bank.bank import Bank
from bot.console.models_launcher import Launcher
from bot.console.models_run import Watched
from bot.console.models_shown import title, variant
from bot.console.wording import read_texts
from bot.evaluation.comparing import Difference
from bot.evaluation.variants import VARIANTS
from bot.learning import training
from bot.learning.states import TrainingState
from bot.staff.audit import Actor
from bot.staff.roles import Role
from bot.transactions import transact
from tests.conftest import ROOT
from tests.console.desk import Desk

MODELS = "/console/models"
SHARES = (
    "procedure_top1",
    "procedure_top3",
    "intent_accuracy",
    "answered_right",
    "answered_wrong",
    "asked_back",
    "refused",
    "out_of_scope_recall",
    "in_scope_refused",
)


def card(name: str, released: bool, top1: float) -> dict[str, Any]:
    figures: dict[str, Any] = {
        **dict.fromkeys(SHARES, top1),
        "n": 1400,
        "errors": 0,
        "answered_wrong": 0.02,
        "latency_ms": {"p50": 5.0, "p95": 9.0, "p99": 10.0},
        "counts": dict.fromkeys(SHARES, [950, 1000]),
    }
    scores = {"precision": top1, "recall": top1, "f1": top1, "n": 30}
    worse = [] if released else [{"metric": "procedure_top1", "before": 0.95, "value": top1}]
    return {
        "model": name,
        "made": "2026-11-22T10:00:00+07:00",
        "released": released,
        "fell": [],
        "compared": {"model": "aa1", "worse": worse},
        "training_seconds": 130.0,
        "commit": "0123456789abcdef",
        "data": {},
        "sizes": {"questions": 1400},
        "metrics": figures | {"variants": {"telex": figures}},
        "intents": {"ask_fee": scores},
        "confusions": [{"meant": "ask_fee", "taken_for": "ask_time", "n": 3}],
    }


class Launched(Launcher):
    """Notes what would be started."""

    runs: list[int]

    def launch(self, run_id: int) -> None:
        self.runs.append(run_id)


@pytest.fixture
def bank(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """``aa1`` and ``ab1`` released, ``b`` held back, ``c`` not measured; ``aa1`` serves."""
    return filled_bank(desk, tmp_path / "models", monkeypatch)


def filled_bank(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    found = Bank(folder)
    folder.mkdir()
    for age, name in enumerate(("ab1", "c", "b", "aa1")):
        with tarfile.open(found.path(name), "w:gz") as model:
            model.addfile(tarfile.TarInfo("metadata.json"))
        os.utime(found.path(name), (desk.now - 86_400 * (age + 1),) * 2)
    for name, released, top1 in (("aa1", True, 0.95), ("ab1", True, 0.97), ("b", False, 0.8)):
        found.write_card(name, card(name, released, top1))
    found.record(Act.ACTIVATED, "aa1", "bản đầu", served=None, by="minh")
    settings = desk.settings.copy(update={"models_dir": folder})
    desk.app.state.console = replace(desk.app.state.console, settings=settings)
    launcher = Launched(Path(), settings)
    object.__setattr__(launcher, "runs", [])
    desk.app.state.launcher = launcher
    for place in ("bot.training", "bot.console.models_bank"):
        monkeypatch.setattr(f"{place}.current_model", lambda settings: found.path("ab1"))
    return found


def enter(desk: Desk, *roles: Role) -> None:
    desk.hire("lan", *roles)
    desk.enter("lan")


def queue(desk: Desk, reason: str = "Bài học mới") -> int:
    """A run of the first account."""
    run_id = transact(desk.engine, training.start, Actor(1, "lan"), reason, desk.now)
    assert run_id is not None
    return run_id


def report(lost: tuple[str, ...] = ()) -> dict[str, Any]:
    """Of a model better than ``aa1`` by two points; ``lost``: conversations that broke."""
    found = Difference("procedure_top1", 0.95, 0.97, True, False)
    fell = Difference("intents.ask_fee.f1", 0.9, 0.7, False, True)
    gates = {"metric": "procedure_top1", "value": 0.97, "floor": 0.9, "ceiling": None, "kept": True}
    spoken = {**gates, "metric": "dialogues.turn_right", "value": 0.5, "kept": not lost}
    journeys = {"n": 2, "before": 2, "after": 2 - len(lost), "lost": list(lost), "won": []}
    return {
        "questions": 1400,
        "dialogues": 300,
        "gates": [gates, spoken],
        "differences": [vars(found), vars(fell)] if lost else [vars(found)],
        "same_questions": not lost,
        "same_conditions": True,
        "learned": {
            "questions": {"n": 12, "before": 7, "after": 10, "lost": ["lesson-4"], "won": ["lesson-9"]},
            "journeys": journeys,
        },
    }


def test_the_bank_tells_what_serves(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    page = desk.client.get(MODELS).text
    assert page.count("Đang dùng</span>") == 1 and "bản đầu" in page and "minh" in page
    assert "95,0 %" in page and "2,0 %" in page
    assert page.count("Cũ hơn dữ liệu") == 3
    assert "/train" in page and "/rollback" not in page


def test_others_do_not_see_models(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.AGENT, Role.SUPERVISOR)
    for path in (MODELS, f"{MODELS}/aa1", f"{MODELS}/runs/1"):
        assert desk.client.get(path).status_code == 403
    assert desk.post(f"{MODELS}/train", reason="x").status_code == 403


def test_a_training_is_started_once_followed_and_cancelled(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    assert desk.post(f"{MODELS}/train", reason=" ").headers["location"].endswith("fault=reason")
    started = desk.post(f"{MODELS}/train", reason="Mười bài học mới").headers["location"]
    assert started == f"{MODELS}/runs/1?done=training_started"
    again = desk.post(f"{MODELS}/train", reason="x").headers["location"]
    assert again.endswith("fault=training_under_way")
    assert desk.app.state.launcher.runs == [1]
    page = desk.client.get(started).text
    assert "Mười bài học mới" in page and "<progress" in page and "models.js" in page
    assert "Theo dõi" in desk.client.get(MODELS).text
    cancel = f"{MODELS}/runs/1/cancel"
    assert desk.post(cancel, reason="Nhầm").headers["location"].endswith("done=training_cancelled")
    assert desk.post(cancel).headers["location"].endswith("fault=training_ended")
    assert "Đã hủy" in desk.client.get(f"{MODELS}/runs/1").text
    assert [entry.action for entry in desk.log()[:2]] == ["training_cancelled", "training_started"]
    assert desk.client.get(f"{MODELS}/runs/9").status_code == 404


def test_a_process_that_cannot_start_is_told(
    desk: Desk,
    bank: Bank,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_self: Launcher, _run_id: int) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(Launched, "launch", broken)
    enter(desk, Role.EDITOR)
    told = desk.post(f"{MODELS}/train", reason="x").headers["location"]
    assert told.endswith("fault=training_not_started")
    page = desk.client.get(told).text
    assert "Không khởi động được tiến trình" in page and "Cannot allocate memory" in page


def test_a_process_that_died_is_told_and_blocks_nobody(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    queue(desk)
    desk.now += training.SILENT_SECONDS + 1
    assert "đã ngừng mà không báo kết quả" in desk.client.get(f"{MODELS}/runs/1").text
    assert desk.post(f"{MODELS}/train", reason="x").headers["location"].endswith("done=training_started")


def test_the_report_of_a_model_that_was_held_back(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    run_id = queue(desk)
    with desk.engine.begin() as connection:
        training.begin(connection, run_id, "aa1", desk.now)
        training.finish(connection, run_id, "b", False, report(("lesson-7",)), desk.now)
    page = desk.client.get(f"{MODELS}/runs/{run_id}").text
    for told in (
        "không đạt, nên mô hình đang dùng được giữ nguyên",
        "Hội thoại: Lượt đúng mọi nhãn",
        "≥ 90,0 %",
        "Kém quá mức cho phép",
        '<a href="/console/lessons/7">Bài học 7</a>',
        "1 hội thoại trước đúng nay sai",
        "bộ câu hỏi hoặc danh mục khác nhau",
    ):
        assert told in page, told
    assert "models.js" not in page


def test_progress_is_drawn_until_the_run_ends(desk: Desk, bank: Bank) -> None:
    desk.hire("lan", Role.EDITOR)
    run_id = queue(desk)
    watched = Watched(desk.app.state.console, run_id)
    with desk.engine.begin() as connection:
        training.begin(connection, run_id, "aa1", desk.now)
        before = watched.mark(connection)
        training.beat(connection, run_id, TrainingState.MEASURING, 0.5, desk.now)
        assert watched.mark(connection) not in (None, before)
        assert "72 %" in str(watched.draw(connection)["progress"])
        training.finish(connection, run_id, "b", False, report(), desk.now)
        assert watched.mark(connection) is None


def test_a_card_is_compared_with_the_model_that_serves(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    page = desk.client.get(f"{MODELS}/ab1").text
    for told in (
        "↑ +2.0 điểm".replace(".", ","),
        "950/1000",
        "Gõ Telex chưa",
        "Hỏi phí, lệ phí: F1",
        "0123456789ab",
    ):
        assert told in page, told
    assert "/activate" not in page
    worse = desk.client.get(f"{MODELS}/b").text
    assert "Kém quá mức cho phép" in worse and "trước là 95,0 %" in worse
    assert "ab1" in desk.client.get(f"{MODELS}/b?with=ab1").text
    assert "Chưa đo" in desk.client.get(f"{MODELS}/c").text
    assert desk.client.get(f"{MODELS}/nothing").status_code == 404


def test_every_way_of_writing_has_a_name() -> None:
    texts = read_texts(ROOT / "data" / "console")
    for name in VARIANTS:
        assert variant(texts.say, name) != name
    assert title(texts.say, "variants.gone.intent_accuracy") == "gone: Đúng ý định"
    assert title(texts.say, "intents.gone.f1") == "gone: F1"


def test_there_and_back_again_under_a_name(desk: Desk, bank: Bank) -> None:
    """Who changed what every citizen is answered with must be found in two places."""
    enter(desk, Role.APPROVER)
    to = f"{MODELS}/ab1/activate"
    assert desk.post(to, reason="Đo tốt hơn").headers["location"].endswith("done=model_activated")
    assert desk.post(to, reason="x").headers["location"].endswith("fault=model_already_active")
    step = bank.history()[-1]
    assert (step.model, step.before, step.by, step.why, step.forced) == (
        "ab1",
        "aa1",
        "lan",
        "Đo tốt hơn",
        False,
    )
    assert desk.post(f"{MODELS}/rollback", reason="").headers["location"].endswith("fault=reason")
    back = desk.post(f"{MODELS}/rollback", reason="Dân phàn nàn").headers["location"]
    assert back.endswith("done=model_rolled_back")
    assert bank.active() == "aa1" and bank.history()[-1].act is Act.ROLLED_BACK
    last = desk.post(f"{MODELS}/rollback", reason="x").headers["location"]
    assert last.endswith("fault=model_no_predecessor")
    entries = desk.log()[:2]
    assert [(entry.action, entry.object) for entry in entries] == [
        ("model_rolled_back", "model:aa1"),
        ("model_activated", "model:ab1"),
    ]
    assert entries[1].detail == {"before": "aa1", "forced": False}


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("b", {}, "fault=model_not_released"),
        ("c", {"reason": "x"}, "fault=model_not_measured"),
        ("b", {"force": "on", "reason": " "}, "fault=model_no_reason"),
        ("b", {"force": "on", "reason": "Luật mới"}, "done=model_activated"),
    ],
)
def test_a_model_that_failed_needs_force_and_a_reason(
    desk: Desk,
    bank: Bank,
    name: str,
    fields: dict[str, Any],
    told: str,
) -> None:
    enter(desk, Role.APPROVER)
    assert desk.post(f"{MODELS}/{name}/activate", **fields).headers["location"].endswith(told)
    assert (bank.active() == "b") is ("done" in told)
    assert len(bank.history()) == (2 if "done" in told else 1)


def test_a_damaged_file_is_not_chosen(desk: Desk, bank: Bank) -> None:
    bank.path("ab1").write_bytes(b"half a copy")
    enter(desk, Role.APPROVER)
    assert desk.post(f"{MODELS}/ab1/activate").headers["location"].endswith("fault=model_damaged")
    assert bank.active() == "aa1"


def test_who_trains_does_not_choose(desk: Desk, bank: Bank) -> None:
    enter(desk, Role.EDITOR)
    assert desk.post(f"{MODELS}/ab1/activate").status_code == 403
    assert desk.post(f"{MODELS}/rollback", reason="x").status_code == 403
    assert bank.active() == "aa1"


def test_a_broken_card_does_not_break_the_page(desk: Desk, bank: Bank) -> None:
    bank.card_path("aa1").write_text("{")
    enter(desk, Role.EDITOR)
    assert "Không đọc được thẻ" in desk.client.get(MODELS).text


def test_the_process_lives_in_a_session_of_its_own(desk: Desk, tmp_path: Path) -> None:
    """Otherwise a restart of the console would throw away minutes of training."""
    stand_in = tmp_path / "project" / "bot"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    (stand_in / "__main__.py").write_text(
        "import json, os, sys\n"
        "told = [sys.argv[1:], os.getsid(0) == os.getpid(), os.environ['BOT_DATABASE_URL']]\n"
        "open('told.new', 'w').write(json.dumps(told))\n"
        "os.replace('told.new', 'told')\n"
    )
    Launcher(tmp_path / "project", desk.settings).launch(5)
    told, until = tmp_path / "project" / "told", time.monotonic() + 10
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert json.loads(told.read_text()) == [
        ["models", "train-and-compare", "5"],
        True,
        desk.settings.database_url,
    ]
