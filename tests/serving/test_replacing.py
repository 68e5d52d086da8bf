"""A service takes another's place while the rest go on: nobody loses a conversation by a new model."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bank.activation import Act
from bot.bank.bank import Bank
from bot.load.ports import free_port
from bot.serving.child import Service
from bot.serving.health import answers
from bot.serving.supervisor import Replacement, Supervisor
from bot.serving.switching import ModelSwitch
from tests.serving.test_supervisor import web_server

FAILS = "print('cannot load the model'); raise SystemExit(3)"
DEAF = "import time; time.sleep(60)"


def rasa(tmp_path: Path, port: int, code: str = "") -> Service:
    """A stand-in for Rasa at ``port``: a web server, or ``code``."""
    server = ["-m", "http.server", "--bind", "127.0.0.1", str(port)]
    return Service(
        "Rasa",
        [sys.executable, *(["-c", code] if code else server)],
        f"http://127.0.0.1:{port}/",
        tmp_path / "rasa.log",
    )


def replaced(
    supervisor: Supervisor, new: Service, check: Callable[[], str | None] = lambda: None
) -> tuple[int, list[str | None], list[dict[str, int]]]:
    """Run, replace Rasa by ``new``, and stop; (exit code, what was told, process ids before and after)."""
    told: list[str | None] = []
    pids: list[dict[str, int]] = []

    def changes() -> Replacement | None:
        pids.append(supervisor.pids)
        if len(pids) == 1:
            return Replacement(new, told.append)
        if len(pids) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return None

    return supervisor.run(check=check, changes=changes), told, pids


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.serving.supervisor._CHANGES_EVERY_SECONDS", 0.0)


def test_only_rasa_is_replaced_and_the_others_go_on(tmp_path):
    gateway, port = web_server(tmp_path, "gateway"), free_port()
    supervisor = Supervisor([rasa(tmp_path, port), gateway], 30)
    code, told, (before, after) = replaced(supervisor, rasa(tmp_path, port))
    assert (code, told) == (0, [None])
    assert before["gateway"] == after["gateway"] and before["Rasa"] != after["Rasa"]
    assert not answers(gateway.health_url) and not answers(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("broken", "timeout", "why"),
    [(FAILS, 30.0, "Rasa ended with code 3."), (DEAF, 3.0, "Rasa was not ready within 3 s.")],
)
def test_a_model_that_does_not_start_gives_way_to_the_old_one(tmp_path, broken, timeout, why):
    """Citizens would stay without answers until somebody came to work."""
    gateway, port = web_server(tmp_path, "gateway"), free_port()
    supervisor = Supervisor([rasa(tmp_path, port), gateway], timeout)
    code, told, (before, after) = replaced(supervisor, rasa(tmp_path, port, broken))
    assert code == 0 and len(told) == 1
    problem = told[0]
    assert problem is not None and problem.startswith(why)
    assert ("cannot load the model" in problem) is (broken == FAILS)
    assert before["gateway"] == after["gateway"] and before["Rasa"] != after["Rasa"]


def test_a_model_that_listens_but_does_not_reply_gives_way(tmp_path):
    port = free_port()
    replies = iter([None, "A greeting got no reply.", None])
    supervisor = Supervisor([rasa(tmp_path, port)], 30)
    code, told, _ = replaced(supervisor, rasa(tmp_path, port), lambda: next(replies))
    assert code == 0
    assert [problem and problem.partition("\n")[0] for problem in told] == ["A greeting got no reply."]


def test_with_neither_model_everything_ends_for_the_service_manager_to_see(tmp_path):
    port = free_port()
    said: list[str] = []
    replies = iter([None, "no reply", "no reply"])
    supervisor = Supervisor([rasa(tmp_path, port)], 30, said.append)
    told: list[str | None] = []
    code = supervisor.run(
        check=lambda: next(replies),
        changes=lambda: None if told else Replacement(rasa(tmp_path, port), told.append),
    )
    assert code == 1 and len(told) == 1
    assert said[-1].startswith("Nor could the old one be started again: no reply")


def test_a_stop_is_heard_while_the_new_model_loads(tmp_path):
    """A machine that shuts down must not wait for a model."""
    port = free_port()
    told: list[str | None] = []
    supervisor = Supervisor([rasa(tmp_path, port)], 60)

    def changes() -> Replacement | None:
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
        return Replacement(rasa(tmp_path, port, DEAF), told.append)

    assert supervisor.run(changes=changes) == 0
    assert told == []


def test_another_service_that_dies_meanwhile_ends_everything(tmp_path):
    gateway, port = web_server(tmp_path, "gateway"), free_port()
    said: list[str] = []
    supervisor = Supervisor([rasa(tmp_path, port), gateway], 30, said.append)

    def changes() -> Replacement | None:
        os.kill(supervisor.pids["gateway"], signal.SIGKILL)
        return Replacement(rasa(tmp_path, port, DEAF), lambda problem: None)

    assert supervisor.run(changes=changes) == 1
    assert said[0].startswith("gateway ended with code -9")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    for name in ("old", "new"):
        (tmp_path / f"{name}.tar.gz").touch()
    return Bank(tmp_path)


def switch(bank: Bank, said: list[str] | None = None) -> ModelSwitch:
    def service(model: Path) -> Service:
        return Service("Rasa", [model.name], "", model)

    return ModelSwitch(bank, bank.path("old"), service, (said if said is not None else []).append)


def test_an_activation_is_noticed_once(bank):
    watching = switch(bank)
    assert watching.wanted() is None
    bank.record(Act.ACTIVATED, "new", served="old")
    wanted = watching.wanted()
    assert wanted is not None and wanted.service.command == ["new.tar.gz"]
    wanted.settled(None)
    assert watching.wanted() is None
    bank.record(Act.ROLLED_BACK, "old", served=None)
    back = watching.wanted()
    assert back is not None and back.service.command == ["old.tar.gz"]


def test_what_was_activated_before_the_start_is_no_change(bank):
    bank.record(Act.ACTIVATED, "new", served=None)
    assert switch(bank).wanted() is None


def test_the_model_that_runs_already_is_not_started_again(bank):
    watching = switch(bank)
    bank.record(Act.ACTIVATED, "old", served=None)
    assert watching.wanted() is None


def test_going_back_is_in_the_history_and_not_tried_again(bank):
    """Staff see in the morning why yesterday's model still answers."""
    said: list[str] = []
    watching = switch(bank, said)
    bank.record(Act.ACTIVATED, "new", served="old", by="lan")
    wanted = watching.wanted()
    assert wanted is not None
    wanted.settled("Rasa ended with code 3.\nLast lines: …")
    assert watching.wanted() is None
    last = bank.history()[-1]
    assert (last.act, last.model, last.before, last.by) == (Act.WENT_BACK, "old", "new", "bot serve")
    assert last.why == "new: Rasa ended with code 3."
    assert "Last lines" in said[-1] and bank.predecessor() is None


def test_a_choice_made_meanwhile_is_not_undone(bank, tmp_path):
    (tmp_path / "third.tar.gz").touch()
    watching = switch(bank)
    bank.record(Act.ACTIVATED, "new", served="old")
    wanted = watching.wanted()
    assert wanted is not None
    bank.record(Act.ACTIVATED, "third", served=None)
    wanted.settled("Rasa ended with code 3.")
    following = watching.wanted()
    assert following is not None and following.service.command == ["third.tar.gz"]


def test_a_model_whose_file_is_missing_costs_no_restart(bank):
    watching = switch(bank)
    bank.record(Act.ACTIVATED, "new", served="old")
    bank.delete("new")
    assert watching.wanted() is None
    assert bank.history()[-1].act is Act.WENT_BACK and bank.active() == "old"


def test_a_history_that_cannot_be_read_stops_nobody(bank, tmp_path):
    said: list[str] = []
    watching = switch(bank, said)
    (tmp_path / "activations.jsonl").mkdir()
    assert watching.wanted() is None
    assert "could not be read" in said[0]
