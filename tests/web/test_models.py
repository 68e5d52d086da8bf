"""A model in a real browser: trained, reported on, chosen and taken back, and nobody shut out on the way."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.learning import training
from bot.learning.states import TrainingState
from bot.staff.audit import Actor
from bot.staff.roles import Role
from bot.transactions import transact
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.console.test_models import filled_bank, report
from tests.web.test_console import check, enter, office  # noqa: F401


def test_a_model_from_training_to_going_back(
    office: tuple[Desk, Page],  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at, _ = office
    bank = filled_bank(at, tmp_path / "models", monkeypatch)
    at.hire("minh", Role.APPROVER)
    page = enter(office, "minh")
    address = page.url.removesuffix("/console/")
    page.goto(f"{address}/console/models")
    check(page)
    page.get_by_label("Lý do", exact=False).first.fill("Mười bài học mới")
    page.get_by_role("button", name="Huấn luyện và so sánh").click()
    expect(page.get_by_role("status").first).to_have_text("Đã bắt đầu huấn luyện.")
    (run_id,) = at.app.state.launcher.runs
    transact(at.engine, training.begin, run_id, "aa1", at.now)
    transact(at.engine, training.beat, run_id, TrainingState.MEASURING, 0.5, at.now)
    expect(page.get_by_text("72 %")).to_be_visible()
    check(page)
    page.goto(f"{address}/console/models")
    check(page)
    page.get_by_role("link", name="Theo dõi").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    transact(at.engine, training.finish, run_id, "ab1", True, report(), at.now)
    expect(page.get_by_text("đạt mọi yêu cầu")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Xem thẻ và đưa vào dùng").click()
    check(page)
    page.get_by_label("Lý do").fill("Đo tốt hơn")
    page.get_by_role("button", name="Đưa vào dùng").click()
    expect(page.get_by_role("status")).to_have_text("Đã đưa mô hình vào dùng.")
    assert bank.active() == "ab1"
    page.goto(f"{address}/console/models/b")
    check(page)
    page.goto(f"{address}/console/models")
    page.get_by_label("Lý do quay lại").fill("Dân phàn nàn")
    page.get_by_role("button", name="Quay lại mô hình trước").click()
    expect(page.get_by_role("status")).to_have_text("Đã quay lại mô hình trước.")
    assert bank.active() == "aa1"
    check(page)


def test_a_run_that_was_held_back_and_one_that_failed(
    office: tuple[Desk, Page],  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at, _ = office
    filled_bank(at, tmp_path / "models", monkeypatch)
    lan = at.hire("lan", Role.EDITOR)
    page = enter(office, "lan")
    address = page.url.removesuffix("/console/")
    for held_back in (True, False):
        run_id = transact(at.engine, training.start, Actor(lan.id, "lan"), "Bài học mới", at.now)
        told = report(("lesson-7",))
        if held_back:
            transact(at.engine, training.finish, run_id, "b", False, told, at.now)
        else:
            problem = training.TrainingProblem.TRAINING
            transact(at.engine, training.fail, run_id, problem, at.now, "InvalidDomain: " + "x" * 300)
        page.goto(f"{address}/console/models/runs/{run_id}")
        check(page)
