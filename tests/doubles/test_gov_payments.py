"""The payment platform of the government double."""

import asyncio
import io
import json
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
import requests

from tests.doubles.gov.government import Government
from tests.doubles.gov.hashes import INIT, signature
from tests.doubles.zalo.listener import Listener

REFERENCE = "dvc0000014H562309050001"
START = {
    "LoaiBanTin": "INIT",
    "PhienBan": "1.0.6",
    "MaDoiTac": "DT01",
    "MaThamChieu": REFERENCE,
    "SoTien": "50000",
    "LoaiHinhThanhToan": "PAY",
    "MaKenhThanhToan": "1",
    "MaThietBi": "1",
    "NgonNgu": "vi-VN",
    "MaTienTe": "VND",
    "MaNganHang": "PAYMENT",
    "ThongTinGiaoDich": "Thanh toan phi le phi",
    "ThoiGianGD": "20230905101500",
    "Ip": "10.0.0.1",
}
VECTORS = (
    (START, "387190ffc76359abbec6450f8e07a6ea89c890d3717b25c23dd9921443b26dd4"),
    (
        {
            "LoaiBanTin": "QUERY",
            "PhienBan": "1.0.6",
            "MaDoiTac": "DT01",
            "MaThamChieu": REFERENCE,
            "ThoiGianGD": "20230905102000",
        },
        "99b0eb6c64ae8d14971dcfbe7b97f102190a78e264a12c02a8b78625a8275ee9",
    ),
    (
        {
            "LoaiBanTin": "CONFIRM",
            "MaLoi": "00",
            "MaDoiTac": "DT01",
            "MaThamChieu": REFERENCE,
            "SoTien": "50000",
            "MaTienTe": "VND",
            "MaGiaoDich": "GD123",
            "MaNganHang": "BANK",
            "ThoiGianGD": "20230905101900",
            "ThongTinGiaoDich": "Thanh toan phi le phi",
        },
        "de7f85fa24e99c991a4c512fa5934b0be1555706cef2db88c12e2b763f739304",
    ),
)


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def signed(gov: Government, **fields: Any) -> dict[str, Any]:
    message = {**START, **fields}
    return {**message, "MaXacThuc": signature(message, gov.settings.secret)}


def post(gov: Government, message: dict[str, Any]) -> requests.Response:
    bearer = {"Authorization": f"Bearer {gov.settings.payment_token}"}
    return requests.post(gov.payment_url, json=message, headers=bearer, timeout=10)


@pytest.mark.parametrize(("message", "expected"), VECTORS)
def test_published_hashes(message: dict[str, str], expected: str) -> None:
    """Lost: a client that hashes otherwise than the platform would pass against the double."""
    assert signature(message, "secret") == expected


def test_a_payment_from_the_link_to_the_receipt(gov: Government) -> None:
    """Lost: no client could be shown to take a citizen to the page and see that they paid."""
    begun = post(gov, signed(gov)).json()
    assert begun["error_code"] == "0"
    page = json.loads(begun["message"])["UrlThanhToan"]
    assert requests.get(page, timeout=10).status_code == 200
    query = signed(gov, LoaiBanTin="QUERY")
    assert post(gov, query).json()["TrangThaiGD"] == "3"
    bill = signed(gov, LoaiBanTin="GET_BILL")
    assert post(gov, bill).json()["MaLoi"] != "00"
    gov.pay(REFERENCE)
    state = post(gov, query).json()
    assert (state["MaLoi"], state["TrangThaiGD"], state["SoTien"]) == ("00", "1", "50000")
    pdf = post(gov, bill)
    assert pdf.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert len(opened.pages) == 1
    assert (gov.inits(REFERENCE), gov.queries(REFERENCE), gov.bills(REFERENCE)) == (1, 2, 2)


def test_a_change_of_any_field_breaks_the_hash(gov: Government) -> None:
    """Lost: a client that leaves a field out of the hash would pass."""
    codes = {post(gov, {**signed(gov), field: "khac"}).json()["error_code"] for field in INIT[1:]}
    assert codes == {"97"} and gov.payments() == []


def test_one_reference_is_one_payment(gov: Government) -> None:
    """Lost: asking a citizen to pay twice would go unnoticed."""
    first, again = post(gov, signed(gov)).json(), post(gov, signed(gov)).json()
    assert first == again and gov.inits(REFERENCE) == 2 and len(gov.payments()) == 1
    assert post(gov, signed(gov, SoTien="60000")).json()["error_code"] == "04"
    gov.configure(repeated_init="refused")
    assert post(gov, signed(gov)).json()["error_code"] == "04"


def test_the_platform_asks_for_its_token(gov: Government) -> None:
    """Lost: a client without the gateway's token would pass."""
    assert requests.post(gov.payment_url, json=signed(gov), timeout=10).status_code == 401
    assert gov.payments() == []


def test_a_time_in_another_format_is_refused(gov: Government) -> None:
    """Lost: a client that writes times in another format would pass."""
    assert post(gov, signed(gov, ThoiGianGD="2023-09-05 10:15")).json()["error_code"] == "03"


async def test_callbacks_right_and_wrong(gov: Government) -> None:
    """Lost: duplicates, forged hashes and wrong sums could not be tried on the partner."""
    post(gov, signed(gov))
    gov.pay(REFERENCE)
    message = gov.confirm(REFERENCE)
    wrong = gov.wrong_hash(message)
    other = gov.confirm(REFERENCE, SoTien="1")
    async with Listener() as partner:
        for each in (message, message, wrong, other):
            reply = await asyncio.to_thread(gov.send, partner.url, each)
            assert reply.status == 200
        got = [each.event for each in partner.got]
    assert [each["SoTien"] for each in got] == ["50000", "50000", "50000", "1"]
    assert [each["MaXacThuc"] == signature(each, "secret") for each in got] == [True, True, False, True]
    assert message["MaLoi"] == "00"
