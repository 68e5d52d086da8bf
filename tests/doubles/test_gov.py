"""The one-stop adapter of the government double: log-in, calls, codes, dossiers."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import requests

from tests.doubles.gov.government import Government
from tests.doubles.gov_client import CODE, NEW, call, headers, login, post


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def test_a_dossier_is_looked_up_in_a_session(gov: Government) -> None:
    """Lost: no client could be shown to read what the system holds."""
    code = gov.codes(status=5)[0]
    reply = call(gov, login(gov), "TraCuuHoSo", mahoso=code)
    assert reply["error_code"] == 0
    (found,) = reply["result"]
    assert (found["MaHoSo"], found["TrangThaiHoSo"]) == (code, 5)
    assert found["DanhSachHoSoBoSung"][0]["TrangThaiBoSung"] == "0"
    assert gov.lookups(code) == 1


def test_sessions_end_and_a_new_login_helps(gov: Government) -> None:
    """Lost: a client that never renews its session would pass."""
    gov.configure(session_calls=2)
    session = login(gov)
    codes = [call(gov, session, "LayDanhSachTTHC")["error_code"] for _ in range(3)]
    assert codes == [0, 0, -1]
    assert call(gov, login(gov), "LayDanhSachTTHC")["error_code"] == 0
    gov.configure(session_calls=None)
    session = login(gov)
    gov.expire_sessions()
    assert call(gov, session, "LayDanhSachTTHC")["error_code"] == -1
    assert gov.logins() == 3


@pytest.mark.parametrize(
    ("mode", "fine", "known"), [("number", 0, 3), ("string", "0", "3"), ("padded", "00", "03")]
)
def test_a_known_dossier_is_only_updated_when_told_to(
    mode: str, fine: Any, known: Any, gov: Government
) -> None:
    """Lost: sending a dossier twice would go unnoticed, and clients would read one kind of code only."""
    gov.configure(codes=mode)
    session = login(gov)
    first = call(gov, session, "DongBoHoSoMC", isUpdating="False", data=[NEW])
    again = call(gov, session, "DongBoHoSoMC", isUpdating="False", data=[NEW])
    update = {"MaHoSo": CODE, "TrangThaiHoSo": "7"}
    updated = call(gov, session, "DongBoHoSoMC", isUpdating="True", data=[update])
    assert [each["error_code"] for each in (first, again, updated)] == [fine, known, fine]
    assert "đã tồn tại" in again["message"]
    assert (gov.created(CODE), gov.existed(CODE), gov.updated(CODE)) == (1, 1, 1)
    held = gov.dossier(CODE)
    assert held is not None and (held["TrangThaiHoSo"], held["MaTTHC"]) == ("7", "1.001193")


def test_an_officer_takes_a_dossier_to_its_end(gov: Government) -> None:
    """Lost: following a dossier could not be shown step by step."""
    code = gov.codes(status=1)[0]
    day = datetime(2026, 11, 23, 9)
    seen = []
    steps = (
        lambda: gov.accept(code, day, datetime(2026, 11, 27, 17)),
        lambda: gov.ask_supplement(code, day, "Thiếu bản chính", ["Giấy chứng sinh"]),
        lambda: gov.receive_supplement(code, day, datetime(2026, 12, 1, 17)),
        lambda: gov.ask_fee(code, day, 8000),
        lambda: gov.receive_fee(code, day),
        lambda: gov.finish(code, day),
        lambda: gov.hand_over(code, day),
    )
    session = login(gov)
    for step in steps:
        step()
        (found,) = call(gov, session, "TraCuuHoSo", mahoso=code)["result"]
        seen.append(found["TrangThaiHoSo"])
    assert seen == [2, 5, 4, 6, 4, 9, 10]
    assert (found["NgayTra"], found["NgayHenTra"]) == ("20261123090000", "20261201170000")


def test_the_seed_has_every_status_and_both_patterns_of_codes(gov: Government) -> None:
    """Lost: some status, the late dossiers or one of the patterns would never be tried."""
    every = gov.codes()
    assert len(every) == len(set(every)) == 60
    assert [len(gov.codes(status)) for status in range(1, 11)] == [6] * 10
    assert sum(code.startswith("H49.") for code in every) == 30
    records = [record for code in gov.codes(4) if (record := gov.dossier(code))]
    assert sum(record["NgayHenTra"] < "20261122" for record in records) == 3
    for code in every:
        owner = gov.owner(code)
        assert len(owner.id_last4) == len(owner.phone_last4) == 4


def test_what_a_caller_gets_wrong_is_refused(gov: Government) -> None:
    """Lost: a client with a wrong password, header, unit or shape of data would pass."""
    wrong = {"username": gov.settings.username, "password": "khac"}
    assert post(gov, gov.LOGIN, wrong).json()["error_code"] == -3
    session = login(gov)
    body = {"session": session, "madonvi": gov.settings.unit, "service": "LayDanhSachTTHC"}
    for name in ("dstcode", "Charset"):
        bare = {key: value for key, value in headers(gov).items() if key != name}
        reply = requests.post(gov.url + gov.CALL, json=body, headers=bare, timeout=10).json()
        assert reply["error_code"] == -2
    assert post(gov, gov.CALL, {**body, "madonvi": "000.00.00.H50"}).json()["error_code"] == -3
    assert call(gov, session, "KhongCo")["error_code"] == 5
    assert call(gov, session, "DongBoHoSoMC", isUpdating=False, data=[NEW])["error_code"] == -3
    assert call(gov, session, "DongBoHoSoMC", isUpdating="False", data=NEW)["error_code"] == -3
    bad = {**NEW, "NgayTiepNhan": "2026-11-22"}
    assert call(gov, session, "DongBoHoSoMC", isUpdating="False", data=[bad])["error_code"] == -3
    update = call(gov, session, "DongBoHoSoMC", isUpdating="True", data=[NEW])
    assert update["error_code"] == 4 and "Không tìm thấy" in update["message"]
    assert gov.created() == gov.updated() == 0


def test_results_may_come_as_a_string_inside_the_message(gov: Government) -> None:
    """Lost: a client that cannot read doubly encoded answers would pass."""
    gov.configure(encoded=True, codes="string")
    code = gov.codes(status=9)[1]
    reply = call(gov, login(gov), "TraCuuHoSo", mahoso=code)
    assert "result" not in reply and reply["error_code"] == "0"
    assert json.loads(reply["message"])["result"][0]["TrangThaiHoSo"] == "9"


def test_an_unknown_dossier_is_an_empty_result_or_an_error(gov: Government) -> None:
    """Lost: a client would be shown one of the two only, and might tell a citizen nonsense on the other."""
    session = login(gov)
    assert call(gov, session, "TraCuuHoSo", mahoso="H49.22-261101-9999")["result"] == []
    gov.configure(missing="error")
    assert call(gov, session, "TraCuuHoSo", mahoso="H49.22-261101-9999")["error_code"] == 4


def test_a_supplement_handed_in_keeps_what_was_asked(gov: Government) -> None:
    """Lost: after a supplement nobody could see what it had answered."""
    code = gov.codes(status=5)[0]
    record = gov.dossier(code)
    assert record is not None
    number = record["DanhSachHoSoBoSung"][0]["HoSoBoSungId"]
    row = {"HoSoBoSungId": number, "NgayTiepNhanBoSung": "20261122100000", "TrangThaiBoSung": "1"}
    sent = {"MaHoSo": code, "DanhSachHoSoBoSung": [row]}
    assert call(gov, login(gov), "DongBoHoSoMC", isUpdating="True", data=[sent])["error_code"] == 0
    after = gov.dossier(code)
    assert after is not None
    (held,) = after["DanhSachHoSoBoSung"]
    assert held["NoiDungBoSung"] and held["NgayTiepNhanBoSung"] == "20261122100000"
