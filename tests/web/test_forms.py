"""A form in a real browser: filled in with a keyboard, downloaded, and shut out for nobody."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import docx as python_docx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.engine import Engine

from bot.dossiers.casefile import Given
from bot.forms.offer import read_forms
from bot.forms.tokens import checklist_url, form_url
from bot.knowledge_source import wording_from
from tests.conftest import ROOT
from tests.forms.conftest import HONG_GAI, SECRET, Clock, fill, shipped_records, site
from tests.web.test_access import RULES, TARGET

WIDTHS = (320, 1280)
ANSWERS = (Given("viec", "chi-khai-sinh"), Given("noi-sinh", "benh-vien"))


@dataclass(frozen=True)
class Addresses:
    form: str
    residence: str
    checklist: str


@pytest.fixture
def addresses(sqlite_engine: Engine) -> Iterator[Addresses]:
    forms, clock = read_forms(ROOT / "data" / "forms"), Clock()
    fill(sqlite_engine, shipped_records(forms))
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = site(sqlite_engine, forms, wording_from(ROOT / "domain.yml"), clock, base)
    config = uvicorn.Config(app, ws="none", log_level="error", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the pages did not start"
        time.sleep(0.01)
    yield Addresses(
        form_url(base, SECRET, "khai-sinh", "1.001193", ANSWERS, HONG_GAI, clock),
        form_url(base, SECRET, "ct01", "1.004222", (), HONG_GAI, clock),
        checklist_url(base, SECRET, "1.001193", ANSWERS, HONG_GAI, clock),
    )
    server.should_exit = server.force_exit = True
    thread.join(5)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.add_init_script(
        "window.violations = [];"
        "document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.blockedURI));"
    )
    context.set_default_timeout(8000)
    opened = context.new_page()
    yield opened
    assert opened.evaluate("window.violations") == []
    context.close()


def check(page: Page) -> None:
    """No violations by axe-core, nothing to scroll sideways, nothing too small to touch, at any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """(least) => [...document.querySelectorAll(
                 "button, .button, input:not([type=radio]), textarea, select, summary, label.choice")]
               .filter((box) => box.checkVisibility() && box.getBoundingClientRect().height < least - .5)
               .map((box) => box.outerHTML.slice(0, 80))""",
            TARGET,
        )
        assert small == []


def test_a_citizen_fills_the_form_in_and_takes_it_home(page: Page, addresses: Addresses) -> None:
    page.goto(addresses.form)
    check(page)
    page.get_by_label("Họ, chữ đệm, tên người yêu cầu").fill("Trần Thị Ẩn")
    page.get_by_label("Ngày, tháng, năm sinh").fill("31/2/2026")
    page.get_by_role("radio", name="Nữ").check()
    page.get_by_role("button", name="Tải tệp Word").click()
    expect(page.get_by_role("alert")).to_contain_text("Có chỗ cần sửa")
    check(page)
    page.get_by_role("alert").get_by_role("link").click()
    field = page.get_by_label("Ngày, tháng, năm sinh")
    expect(field).to_be_focused()
    field.fill("28/2/2026")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải tệp Word").click()
    assert waiting.value.suggested_filename == "khai-sinh.docx"
    document = python_docx.Document(io.BytesIO(waiting.value.path().read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Trần Thị Ẩn" in text and "28/02/2026" in text and "Giới tính: Nữ" in text
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải tờ khai PDF").press("Enter")
    assert waiting.value.suggested_filename == "khai-sinh.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF")


def test_rows_of_a_table_open_one_by_one(page: Page, addresses: Addresses) -> None:
    page.goto(addresses.residence)
    first = page.locator("details").first
    expect(first.get_by_label("Họ, chữ đệm và tên")).to_be_hidden()
    first.locator("summary").click()
    first.get_by_label("Số định danh cá nhân").fill("123")
    check(page)
    page.get_by_role("button", name="Tải tờ khai PDF").click()
    expect(page.locator("details[open]").get_by_text("đúng 12 chữ số")).to_be_visible()


def test_the_checklist_is_open_to_everybody_and_prints(page: Page, addresses: Addresses) -> None:
    page.goto(addresses.checklist)
    check(page)
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
