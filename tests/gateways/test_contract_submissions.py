"""Submissions against the double of the government systems: each dossier arrives once, whatever happens."""

from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.gateways.states import NewsKind, SubmissionState
from tests.doubles.gov.government import Government
from tests.gateways.contract_desk import Desk
from tests.gateways.counter import APPLICANT


def test_a_dossier_arrives_with_what_the_citizen_typed(engine: Engine, gov: Government) -> None:
    """Lost: the agency cannot reach the citizen, or nobody tells them the code."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code
    assert desk.settled().state is SubmissionState.SENT
    assert code is not None
    record = gov.dossier(code)
    assert record is not None
    assert (record["ChuHoSo"], record["SoDienThoai"]) == (APPLICANT.name, APPLICANT.phone)
    assert (record["TrangThaiHoSo"], record["MaTTHC"]) == ("1", "1.001193")
    assert desk.news() == [NewsKind.SENT]


TROUBLES = [
    (kind, accepted)
    for kind in ("error", "html", "maintenance", "truncated", "broken", "redirect", "reset", "timeout")
    for accepted in (False, True)
]


@pytest.mark.parametrize("service", ["login", "DongBoHoSoMC"])
@pytest.mark.parametrize(("kind", "accepted"), TROUBLES)
def test_whatever_happens_to_the_call_the_dossier_is_there_once(
    kind: Any, accepted: bool, service: str, sqlite_engine: Engine, gov: Government
) -> None:
    """Lost: a citizen's dossier is sent twice, or never."""
    desk = Desk(sqlite_engine, gov)
    code = desk.hand_in().code
    gov.fault(kind, service, accepted=accepted)
    settled = desk.settled()
    assert (settled.state, settled.code) == (SubmissionState.SENT, code)
    assert gov.created() == gov.created(code or "") == 1
    assert desk.news() == [NewsKind.SENT]


def test_the_question_after_a_lost_answer_may_be_lost_too(engine: Engine, gov: Government) -> None:
    """Lost: a second failure makes the worker forget that the dossier may be there."""
    desk = Desk(engine, gov)
    desk.hand_in()
    gov.die_after("DongBoHoSoMC")
    gov.fault("error", "TraCuuHoSo", times=2)
    assert desk.settled().state is SubmissionState.SENT
    assert (gov.created(), gov.existed()) == (1, 0)


def test_a_look_up_that_lags_behind_does_not_make_a_second_dossier(engine: Engine, gov: Government) -> None:
    """Lost: where look-ups show new dossiers late, each lost answer would make a second one."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code
    gov.die_after("DongBoHoSoMC")
    desk.round()
    gov.hide(code or "")
    desk.round()
    assert gov.lookups(code or "") == 1
    gov.hide()
    assert desk.settled().state is SubmissionState.SENT
    assert (gov.created(), gov.existed(code or "")) == (1, 1)


def test_several_workers_send_it_once(engine: Engine, gov: Government) -> None:
    """Lost: a second gateway on the same database sends every dossier again."""
    desk = Desk(engine, gov)
    for number in range(1, 6):
        desk.hand_in(f"d{number}")
    desk.round(workers=4)
    assert desk.settled().state is SubmissionState.SENT
    assert (gov.created(), gov.existed(), gov.peak("login")) == (5, 0, 1)
    assert desk.news() == [NewsKind.SENT] * 5


def test_a_code_of_somebody_else_is_not_taken_for_ours(engine: Engine, gov: Government) -> None:
    """Lost: a citizen follows the dossier of another, and their own is never sent."""
    desk = Desk(engine, gov)
    first = desk.hand_in().code or ""
    gov.world.dossiers.load({"MaHoSo": first, "MaTTHC": "3.000347", "TrangThaiHoSo": "4"})
    settled = desk.settled()
    assert settled.state is SubmissionState.SENT and settled.code != first
    assert (gov.created(first), gov.created(settled.code or "")) == (0, 1)


def test_a_code_taken_while_ours_was_lost_is_not_taken_for_ours(engine: Engine, gov: Government) -> None:
    """Lost: after a lost call a citizen follows the dossier of another, and their own is never sent."""
    desk = Desk(engine, gov)
    first = desk.hand_in().code or ""
    gov.fault("reset", "DongBoHoSoMC")
    desk.round()
    gov.world.dossiers.load({"MaHoSo": first, "MaTTHC": "3.000347", "TrangThaiHoSo": "4"})
    settled = desk.settled()
    assert settled.state is SubmissionState.SENT and settled.code != first
    assert (gov.created(first), gov.created(settled.code or "")) == (0, 1)


def test_a_refusal_is_told_and_not_sent_again(engine: Engine, gov: Government) -> None:
    """Lost: the citizen waits for an answer to a dossier that the system would not take."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    gov.refuse_creates("Thành phần hồ sơ không hợp lệ")
    settled = desk.settled()
    assert (settled.state, settled.said) == (SubmissionState.REFUSED, "Thành phần hồ sơ không hợp lệ")
    assert (len(gov.calls("DongBoHoSoMC")), gov.created(code)) == (1, 0)
    assert desk.news() == [NewsKind.SEND_REFUSED]


@pytest.mark.parametrize("when", ["before", "lost", "after"])
def test_a_dossier_that_is_taken_back_is_withdrawn_there_too(
    when: str, engine: Engine, gov: Government
) -> None:
    """Lost: the agency works on a dossier that its owner took back."""
    desk = Desk(engine, gov)
    code = desk.hand_in().code or ""
    if when == "lost":
        gov.die_after("DongBoHoSoMC")
    if when != "before":
        desk.round()
    desk.withdraw()
    assert desk.settled().state is SubmissionState.WITHDRAWN
    record = gov.dossier(code)
    assert (record is None) if when == "before" else (record and record["TrangThaiHoSo"] == "7")
    assert gov.created(code) == int(when != "before")
    assert desk.news()[-1:] == ([] if when == "before" else [NewsKind.WITHDRAWN])
