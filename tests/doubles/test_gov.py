"""The one-stop adapter of the government double: log-in, calls, codes, dossiers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import requests

from tests.doubles.gov.government import Government


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def headers(gov: Government) -> dict[str, str]:
    return {
        "Content-Type": "application/json;charset=utf-8",
        "Accept": "application/json",
        "Charset": "utf-8",
        "dstcode": gov.settings.destination,
    }


def post(gov: Government, path: str, body: dict[str, Any], **more: Any) -> requests.Response:
    return requests.post(gov.url + path, json=body, headers=headers(gov), timeout=10, **more)


def login(gov: Government) -> str:
    given = {"username": gov.settings.username, "password": gov.settings.password}
    return str(post(gov, gov.LOGIN, given).json()["session"])


def call(gov: Government, session: str, service: str, **fields: Any) -> dict[str, Any]:
    body = {"session": session, "madonvi": gov.settings.unit, "service": service, **fields}
    return dict(post(gov, gov.CALL, body).json())


NEW = {
    "MaHoSo": "H49.22-261122-0001",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "TrangThaiHoSo": "1",
}


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
    update = {"MaHoSo": NEW["MaHoSo"], "TrangThaiHoSo": "7"}
    updated = call(gov, session, "DongBoHoSoMC", isUpdating="True", data=[update])
    assert [each["error_code"] for each in (first, again, updated)] == [fine, known, fine]
    assert "đã tồn tại" in again["message"]
    code = NEW["MaHoSo"]
    assert (gov.created(code), gov.existed(code), gov.updated(code)) == (1, 1, 1)
    held = gov.dossier(code)
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
