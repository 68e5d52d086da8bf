"""The worker's process is killed at every step; what the double received is counted afterwards."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.gateways.states import NewsKind, SubmissionState
from tests.doubles.gov.faults import Fault
from tests.doubles.gov.government import Government
from tests.gateways.contract import access
from tests.gateways.contract_desk import HOUR, Desk

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def worker(database: str, gov: Government, now: float, dies_at: int = 0) -> "subprocess.Popen[bytes]":
    given = {"database": database, "access": asdict(access(gov)), "now": now, "dies_at": dies_at}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.gateways.contract_worker", json.dumps(given)], cwd=ROOT
    )


def kill_at(gate: Fault, process: "subprocess.Popen[bytes]", gov: Government) -> None:
    """Kill it while its call waits at the gate; the call then finds nobody to answer."""
    try:
        gate.wait_reached(PATIENCE)
    finally:
        process.kill()
        process.wait()
    gate.release()
    gov.no_faults()


def check(desk: Desk, gov: Government, code: str) -> None:
    settled = desk.settled()
    assert (settled.state, settled.code) == (SubmissionState.SENT, code)
    assert gov.created() == gov.created(code) == 1
    assert desk.news() == [NewsKind.SENT]


@pytest.mark.parametrize("dies_at", [1, 2, 3])
def test_killed_before_each_commit(dies_at: int, database_url: str, engine: Engine, gov: Government) -> None:
    """Lost: a dossier is forgotten or sent twice after the server of the assistant lost its power."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    process = worker(database_url, gov, desk.now, dies_at)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert gov.created() == int(dies_at == 3)
    desk.now += HOUR
    check(desk, gov, code)


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("service", ["login", "DongBoHoSoMC"])
def test_killed_in_each_call(
    service: str, accepted: bool, database_url: str, engine: Engine, gov: Government
) -> None:
    """Lost: a dossier that is on its way when the process ends is forgotten or sent twice."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    gate = gov.gate(service, accepted=accepted)
    kill_at(gate, worker(database_url, gov, desk.now), gov)
    assert gov.created() == int(service != "login" and accepted)
    desk.now += HOUR
    check(desk, gov, code)


def test_killed_again_while_asking(database_url: str, engine: Engine, gov: Government) -> None:
    """Lost: a second crash, while finding out what became of the first try, loses or doubles a dossier."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    kill_at(gov.gate("DongBoHoSoMC", accepted=True), worker(database_url, gov, desk.now), gov)
    desk.now += HOUR
    kill_at(gov.gate("TraCuuHoSo"), worker(database_url, gov, desk.now), gov)
    desk.now += HOUR
    check(desk, gov, code)


def test_killed_while_taking_back(database_url: str, engine: Engine, gov: Government) -> None:
    """Lost: a dossier that its owner took back goes on after a crash."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    desk.round()
    desk.withdraw()
    kill_at(gov.gate("DongBoHoSoMC", accepted=True), worker(database_url, gov, desk.now), gov)
    desk.now += HOUR
    assert desk.settled().state is SubmissionState.WITHDRAWN
    record = gov.dossier(code)
    assert record is not None and record["TrangThaiHoSo"] == "7"
    assert gov.created(code) == 1
