"""The government double beside dossiers and payments: dictionaries, questions, wrappers, EMC, portal."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.doubles.gov.dictionaries import DICTIONARIES
from tests.doubles.gov.government import Government
from tests.doubles.gov.onestop import SHARE
from tests.doubles.gov.records import Kind
from tests.doubles.gov_client import CODE, NEW, call, login, post


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def test_procedures_are_listed_and_told_in_full(gov: Government) -> None:
    """Lost: a change in a published procedure could not be noticed."""
    session = login(gov)
    listed = call(gov, session, "LayDanhSachTTHC")["result"]
    assert {"MATTHC": "1.001193", "TENTTHC": "Đăng ký khai sinh"} in listed
    for code in ("3.000347", "3.000347.000.00.00.H49", "3.000347.H49"):
        (told,) = call(gov, session, "LayThuTuc", maTTHC=code)["result"]
        assert told["MATTHC"] == "3.000347"
        online = told["CACHTHUCTHUCHIEN"][1]
        assert (online["KENH"], online["THOIGIAN"][0]["PHILEPHI"][0]["SOTIEN"]) == ("2", "135000")
    assert call(gov, session, "LayThuTuc", maTTHC="9.999999")["error_code"] == 4


def test_all_dictionaries_are_there(gov: Government) -> None:
    """Lost: a client could not be shown to load the units."""
    body = {"session": login(gov), "madonvi": gov.settings.unit}
    found = {name: post(gov, SHARE, {**body, "service": name}).json() for name in DICTIONARIES}
    assert {each["error_code"] for each in found.values()} == {0}
    assert {"MADONVI", "TENDONVI", "CAPDONVI"} == set(found["LayDanhMucCoQuan"]["result"][0])
    assert found["LayDanhMucQuanHuyen"]["result"] == []


def test_questions_go_both_ways(gov: Government) -> None:
    """Lost: a question that the assistant cannot answer would have nowhere to go."""
    session = login(gov)
    asked = call(gov, session, "LayDanhSachHoiDapGuiTuDVCQG")["result"]
    waiting = [each["HOIDAPID"] for each in asked if each["TRANGTHAI"] == "0"]
    answer = {"HOIDAPID": waiting[0], "NOIDUNGTRALOI": "Tại Công an tỉnh."}
    assert call(gov, session, "DongBoKetQuaHoiDapGuiTuDVCQG", data=[answer])["error_code"] == 0
    (told,) = call(gov, session, "LayNoiDungTraLoiTheoCauHoi", cauhoiid=waiting[0])["result"]
    assert (told["NOIDUNGTRALOI"], told["TRANGTHAI"]) == ("Tại Công an tỉnh.", "1")
    question = {"HOIDAPID": "q1", "NOIDUNG": "Làm hộ chiếu ở đâu?"}
    assert call(gov, session, "DongBoHoiDap", data=[question])["error_code"] == 0
    assert [each.data for each in gov.received(Kind.ASKED)] == [question]
    assert call(gov, session, "DongBoHoiDap", data=[{}])["error_code"] == -3


def test_progress_ratings_and_technical_ids(gov: Government) -> None:
    """Lost: steps and ratings that a client reports would go unnoticed."""
    session, code = login(gov), gov.codes(status=4)[0]
    step = {"MaHoSo": code, "NguoiXuLy": "Cán bộ", "TrangThai": "4"}
    assert call(gov, session, "CapNhatTienDoHoSoMC", data=[step])["error_code"] == 0
    assert gov.steps(code) == [step]
    unknown = {**step, "MaHoSo": CODE}
    assert call(gov, session, "CapNhatTienDoHoSoMC", data=[unknown])["error_code"] == 4
    assert call(gov, session, "DongBoDanhGia", data=[{"MaHoSo": code, "Diem": "5"}])["error_code"] == 0
    assert len(gov.received(Kind.RATED)) == 1
    number = gov.world.people.known["cd1"]["SoDinhDanh"]
    found = call(gov, session, "TraCuuTechID", SoDinhDanh=number)["result"]
    assert found == [{"TECHNICALID": "TECH-cd1"}]


def test_provincial_wrappers(gov: Government) -> None:
    """Lost: a client for the wrappers could take their strings for data."""
    told = requests.get(f"{gov.url}/KetNoiMotCuaQuocGia/LayThuTuc?maTTHC=1.001193", timeout=10).json()
    assert set(told) == {"message"}
    assert json.loads(told["message"])["result"][0]["TENTTHC"] == "Đăng ký khai sinh"
    url = f"{gov.url}/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV=000.00.22.H49&isUpdating="
    assert requests.post(url + "False", json=[NEW], timeout=10).status_code == 401
    bearer = {"Authorization": f"Bearer {gov.settings.province_token}"}
    codes = [
        requests.post(url + updating, json=[NEW], headers=bearer, timeout=10).json()["error_code"]
        for updating in ("False", "False", "True", "")
    ]
    assert codes == ["0", "3", "0", "-3"]
    assert (gov.created(CODE), gov.updated(CODE)) == (1, 1)


def test_emc_keeps_what_is_posted(gov: Government) -> None:
    """Lost: nobody could tell whether events reach the monitoring system."""
    event = dict.fromkeys("CodeProfile SiteId CodeTTHC NameTTHC FormsReception FormsPayments".split(), "1")
    event |= {"MaHoSo": CODE, "Status": "1", "Level": "4"}
    assert requests.post(f"{gov.url}/TrackingMCDT", json=event, timeout=10).status_code == 200
    del event["Status"]
    assert requests.post(f"{gov.url}/TrackingMCDT", json=event, timeout=10).status_code == 400
    assert [each.key for each in gov.received(Kind.TRACKED)] == [CODE]


def test_the_portal_finds_procedures(gov: Government) -> None:
    """Lost: a change of a publishing decision could not be noticed at the portal."""

    def ask(**params: Any) -> Any:
        return requests.post(
            f"{gov.url}/jsp/rest.jsp",
            data={"params": json.dumps(params)},
            headers={"X-Requested-With": "XMLHttpRequest", "Referer": gov.url},
            timeout=10,
        ).json()

    search = {"service": "procedure_advanced_search_service_v2", "provider": "dvcquocgia", "type": "ref"}
    (found,) = ask(**search, recordPerPage=50, pageIndex=1, keyword="1.001193")
    assert (found["PROCEDURE_CODE"], found["AMOUNT"]) == ("1.001193", "1")
    assert len(ask(**search, recordPerPage=4, pageIndex=2, keyword="")) == 2
    text = ask(type="fts", source_data="thu_tuc_v1", key_search='"khai sinh"^8 OR "khai sinh"~5')
    assert [each["ma_thu_tuc"] for each in text["response"]["docs"]] == ["1.001193"]
    bare = requests.post(f"{gov.url}/jsp/rest.jsp", data={"params": "{}"}, timeout=10)
    assert (bare.status_code, bare.headers["content-type"]) == (200, "text/html; charset=utf-8")
