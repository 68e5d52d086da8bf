"""What citizens lose when these fail: the receipt they need at the counter, or the say over what is sent."""

import re

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.gateways.register.store import Registrations
from bot.gateways.routes import routes
from bot.gateways.states import SubmissionState
from bot.gateways.submissions.sender import Sender
from bot.gateways.vault import Vault
from bot.pages.render import Pages
from tests.doubles.gov.government import Government
from tests.gateways.counter import BIRTH, CONVERSATION, DRAFT, KEY, NOW, onestop, row, submissions
from tests.gateways.talk import WORDING

FORM = {"name": "Nguyễn Thị Thử", "phone": "0912345678", "address": "Tổ 1, phường Hà Tu", "consent": "yes"}


@pytest.fixture
def client(sqlite_engine: Engine) -> TestClient:
    pages = routes(Registrations(sqlite_engine, lambda: NOW), submissions(sqlite_engine), Pages(WORDING))
    return TestClient(Starlette(routes=pages), follow_redirects=False)


def _page(engine: Engine) -> str:
    return f"/nop-ho-so/{submissions(engine).prepare(CONVERSATION, DRAFT, BIRTH).token}"


def test_a_receipt_says_what_it_is_not(client: TestClient, sqlite_engine: Engine) -> None:
    found = Registrations(sqlite_engine, lambda: NOW).register(CONVERSATION, DRAFT, BIRTH)
    page = client.get(f"/phieu-hen/{found.token}")
    assert page.status_code == 200
    assert found.code in page.text and 'class="qr"' in page.text
    assert "KHÔNG phải Giấy tiếp nhận hồ sơ" in page.text
    assert "Giấy chứng sinh (đã có)" in page.text and "Tờ khai (chưa đánh dấu" in page.text
    assert "no-store" in page.headers["cache-control"] and "noindex" in page.headers["x-robots-tag"]
    assert CONVERSATION not in page.text and DRAFT not in page.text


def test_a_receipt_shows_what_the_counter_said(client: TestClient, sqlite_engine: Engine) -> None:
    register = Registrations(sqlite_engine, lambda: NOW)
    found = register.register(CONVERSATION, DRAFT, BIRTH)
    register.refuse(found.code, "Thiếu <b>giấy</b>")
    page = client.get(f"/phieu-hen/{found.token}").text
    assert "Thiếu &lt;b&gt;giấy&lt;/b&gt;" in page


@pytest.mark.parametrize("path", ["/phieu-hen/unknown", "/nop-ho-so/unknown"])
def test_unknown_addresses(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404


def test_the_form_names_what_is_sent_to_whom_and_ticks_nothing(
    client: TestClient, sqlite_engine: Engine
) -> None:
    page = client.get(_page(sqlite_engine))
    assert page.status_code == 200
    assert "phường Hà Tu" in page.text and "Đăng ký khai sinh" in page.text and "mã hóa" in page.text
    box = re.search(r'<input type="checkbox"[^>]*>', page.text)
    assert box is not None and "checked" not in box[0]
    assert page.text.count("<label") == 4


@pytest.mark.parametrize("consent", ["", "no"])
def test_without_consent_nothing_is_kept(consent: str, client: TestClient, sqlite_engine: Engine) -> None:
    path = _page(sqlite_engine)
    answer = client.post(path, data={**FORM, "consent": consent})
    assert answer.status_code == 422 and "đồng ý" in answer.text
    assert 'value="Nguyễn Thị Thử"' in answer.text
    found = row(sqlite_engine)
    assert (found.state, found.payload) == (SubmissionState.OPEN.value, None)


def test_wrong_fields_are_named(client: TestClient, sqlite_engine: Engine) -> None:
    answer = client.post(_page(sqlite_engine), data={**FORM, "phone": "1<script>", "name": ""})
    assert answer.status_code == 422
    assert 'href="#phone"' in answer.text and 'href="#name"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 2 and "<script>" not in answer.text


def test_from_the_form_to_the_code(client: TestClient, sqlite_engine: Engine, gov: Government) -> None:
    path = _page(sqlite_engine)
    answer = client.post(path, data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    waiting = client.get(path).text
    assert "đang gửi" in waiting and "Thử" not in waiting
    assert client.post(path, data={**FORM, "name": "Người Khác"}).status_code == 303
    Sender(sqlite_engine, onestop(gov.url), Vault(KEY)).once(NOW)
    code = row(sqlite_engine).code
    assert code in client.get(path).text
    record = gov.dossier(code)
    assert record is not None and record["ChuHoSo"] == "Nguyễn Thị Thử"
    assert gov.created() == 1


def test_an_outage_is_said_on_the_page(client: TestClient, sqlite_engine: Engine, gov: Government) -> None:
    path = _page(sqlite_engine)
    client.post(path, data=FORM)
    with gov.fault("maintenance", "login"):
        Sender(sqlite_engine, onestop(gov.url), Vault(KEY)).once(NOW)
    assert "không bị gửi hai lần" in client.get(path).text


def test_a_body_larger_than_any_form(client: TestClient, sqlite_engine: Engine) -> None:
    answer = client.post(_page(sqlite_engine), content=b"name=" + b"x" * 20_000)
    assert answer.status_code == 413
    assert row(sqlite_engine).state == SubmissionState.OPEN.value
