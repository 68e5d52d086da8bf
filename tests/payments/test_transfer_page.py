"""What is lost when these fail: a transfer without its dossier, or a page strangers can open."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.knowledge_source import wording_from
from bot.pages.qr import qr_svg
from bot.pages.render import Pages
from bot.payments.bill import Bill
from bot.payments.erasing import erase
from bot.payments.opening import routes
from bot.payments.states import PaymentState, Way
from bot.payments.transfer import account_of, code_of, content_of
from bot.settings import Settings
from tests.payments.making import ACCOUNT, CODE, CONVERSATION, Clock, cashier, order

DOMAIN = Path(__file__).parents[2] / "domain.yml"
ACCOUNT_SET = {
    "transfer_bank": ACCOUNT.bank,
    "transfer_account": ACCOUNT.number,
    "transfer_name": ACCOUNT.holder,
}


def site(engine: Engine, clock: Clock, **settings: Any) -> TestClient:
    pages = Pages(wording_from(DOMAIN))
    found = routes(Settings(**settings), engine, pages, clock)
    return TestClient(Starlette(routes=list(found)))


def begin(engine: Engine, clock: Clock) -> Bill:
    bill = cashier(engine, None, clock).start(order(), Way.TRANSFER)
    assert bill is not None
    return bill


def test_the_page_has_everything_to_scan_and_to_type(sqlite_engine: Engine, clock: Clock) -> None:
    bill = begin(sqlite_engine, clock)
    page = site(sqlite_engine, clock, **ACCOUNT_SET).get("/thanh-toan/" + bill.link.rsplit("/", 1)[1])
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    for shown in ("50.000 đồng", ACCOUNT.holder, ACCOUNT.number, "970415", "0000014H492611200001", CODE):
        assert shown in page.text
    assert "Lệ phí cấp bản sao: 8.000 đồng" in page.text and "09:00 ngày 23/11/2026" in page.text
    assert "không bao giờ hỏi số thẻ, mật khẩu hay mã OTP" in page.text
    drawn = qr_svg(code_of(bill, ACCOUNT), "x").split("<path", 1)[1]
    assert drawn[:400] in page.text


@pytest.mark.parametrize("token", ["x" * 22, "x" * 41, "%00", "a.b"])
def test_an_unknown_page_looks_like_one_that_is_over(sqlite_engine: Engine, clock: Clock, token: str) -> None:
    bill = begin(sqlite_engine, clock)
    here = site(sqlite_engine, clock, **ACCOUNT_SET)
    clock.now += 24 * 3600
    over = here.get("/thanh-toan/" + bill.link.rsplit("/", 1)[1])
    unknown = here.get(f"/thanh-toan/{token}")
    assert (over.status_code, unknown.status_code) == (410, 410) and over.text == unknown.text
    assert "đừng chuyển lần nữa" in over.text and ACCOUNT.number not in over.text


def test_the_page_of_an_erased_conversation_is_closed(sqlite_engine: Engine, clock: Clock) -> None:
    bill = begin(sqlite_engine, clock)
    with sqlite_engine.begin() as connection:
        assert erase(connection, CONVERSATION) == 1
    page = site(sqlite_engine, clock, **ACCOUNT_SET).get("/thanh-toan/" + bill.link.rsplit("/", 1)[1])
    assert page.status_code == 410


def test_without_settings_there_is_nothing_to_reach(sqlite_engine: Engine, clock: Clock) -> None:
    nothing = site(sqlite_engine, clock)
    assert nothing.get("/thanh-toan/x").status_code == 404
    assert nothing.post("/payments/confirm", content=b"{}").status_code == 404
    platform = site(sqlite_engine, clock, payment_url="https://p.vn", payment_partner="A", payment_secret="B")
    assert platform.post("/payments/confirm", content=b"{}").status_code == 400


def test_settings_that_make_no_sense_are_refused_at_the_start(sqlite_engine: Engine, clock: Clock) -> None:
    with pytest.raises(ValueError, match="partner code and a secret"):
        site(sqlite_engine, clock, payment_url="https://p.vn")
    with pytest.raises(ValueError, match="six digits"):
        site(sqlite_engine, clock, **{**ACCOUNT_SET, "transfer_bank": "VietinBank"})
    assert account_of("970415", "1", "") is None


@pytest.mark.parametrize("code", [CODE, "H49.22-261120-0012", "H49.115.12.10-261120-000123"])
def test_the_content_is_the_whole_code_for_every_kind_of_code(code: str, clock: Clock) -> None:
    bill = Bill("r", Way.TRANSFER, code, 1000, (), PaymentState.STARTED, "", 0.0, 1.0)
    assert content_of(bill) == code.replace(".", "").replace("-", "")
    assert content_of(bill) in code_of(bill, ACCOUNT)
