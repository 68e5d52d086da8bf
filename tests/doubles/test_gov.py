"""The one-stop adapter of the government double: log-in, calls, codes."""

import json
from collections.abc import Iterator
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
