"""The worker's process is killed in calls other than the one that hands a dossier in."""

from sqlalchemy.engine import Engine

from bot.gateways.states import NewsKind, SubmissionState
from tests.doubles.gov.government import Government
from tests.gateways.contract_desk import HOUR, Desk
from tests.gateways.submissions.test_kills import doomed

PATIENCE = 60.0


def kill_in(service: str, accepted: bool, database: str, gov: Government, now: float) -> None:
    """Kill it while its call waits; the answer then finds nobody."""
    with gov.gate(service, accepted=accepted) as gate, doomed(database, gov, "nowhere", now):
        gate.wait_reached(PATIENCE)


def test_killed_while_it_logs_in(database_url: str, engine: Engine, gov: Government) -> None:
    """Lost: a dossier is forgotten that was to be sent when the process ended."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    kill_in("login", False, database_url, gov, desk.now)
    assert gov.created() == 0
    desk.now += HOUR
    settled = desk.settled()
    assert (settled.state, settled.code) == (SubmissionState.SENT, code)
    assert gov.created() == gov.created(code) == 1
    assert desk.news() == [NewsKind.SENT]


def test_killed_while_taking_back(database_url: str, engine: Engine, gov: Government) -> None:
    """Lost: a dossier that its owner took back goes on after a crash."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    desk.round()
    desk.withdraw()
    kill_in("DongBoHoSoMC", True, database_url, gov, desk.now)
    desk.now += HOUR
    assert desk.settled().state is SubmissionState.WITHDRAWN
    record = gov.dossier(code)
    assert record is not None and record["TrangThaiHoSo"] == "7"
    assert gov.created(code) == 1
