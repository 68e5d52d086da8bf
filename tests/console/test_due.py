"""A fee approved for 1 January must be told on 1 January, whether or not anybody opens the console then."""

import logging
import time
from pathlib import Path

import pytest

from bot.amendments.proposals import Basis, decide, propose
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Procedure, Source
from bot.catalogue.repository import Repository
from bot.staff.audit import Actor
from bot.staff.roles import Role
from tests.console.desk import NOON, Desk

CODE = "1.001193"


def _approved(desk: Desk, valid_from: str) -> None:
    run_import(desk.engine, Import([Procedure(CODE, "Đăng ký khai sinh", Source("Cổng"))], "test"))
    editor, approver = (
        Actor(desk.hire(login, Role.EDITOR, factor=False).id, login) for login in ("lan", "minh")
    )
    basis = Basis("Nghị quyết mới", "Nghị quyết 62", valid_from=valid_from)
    with desk.engine.begin() as connection:
        made = propose(connection, editor, CODE, {"place": {"set": "Trung tâm"}}, basis, NOON)
        assert decide(connection, approver, made, True, "", "2026-11-22", NOON)


def _place(desk: Desk) -> str:
    found = Repository(desk.engine).procedure(CODE)
    assert found is not None
    return found.place


def test_the_console_looks_for_due_changes_when_it_starts(desk: Desk) -> None:
    """Days are those of the citizens: at 00:30 in Vietnam it is still the day before in UTC."""
    _approved(desk, "2026-11-23")
    desk.now = NOON + 12.5 * 3600
    with desk.client:
        patience = time.monotonic() + 5
        while not _place(desk) and time.monotonic() < patience:
            time.sleep(0.02)
    assert _place(desk) == "Trung tâm"


def test_a_change_that_cannot_be_applied_does_not_stop_the_console(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_path: Path) -> None:
        raise OSError("disk")

    monkeypatch.setattr("bot.console.due.read_checks", broken)
    with caplog.at_level(logging.ERROR, "bot.console.due"), desk.client as client:
        patience = time.monotonic() + 5
        while not caplog.records and time.monotonic() < patience:
            time.sleep(0.02)
        assert client.get("/console/enter").status_code == 200
    assert "OSError" in caplog.text
