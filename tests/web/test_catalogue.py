"""A fee in a real browser: found, corrected on a document, let in by another, told to citizens."""

from datetime import date

import msgspec
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.turn import Mention, Turn
from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Fee
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.staff.roles import Role
from tests.conftest import ROOT
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.console.small_catalogue import BIRTH, COPY, COPY_RECORD, fill
from tests.web.test_console import check, enter, office  # noqa: F401
from tests.web.test_workplace import keep

RESOLUTION = "Nghị quyết 62/2026/NQ-HĐND"


def looked_at(page: Page, name: str) -> None:
    check(page)
    keep(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def other(office: tuple[Desk, Page], login: str) -> Page:  # noqa: F811
    """Somebody else sits down at the same place."""
    office[1].get_by_role("button", name="Đăng xuất").click()
    return enter(office, login)


def told(source: KnowledgeSource) -> str:
    """What citizens are told when they ask for the fee."""
    question = f"lệ phí thủ tục {COPY}"
    mention = Mention("procedure", COPY, question.index(COPY), len(question))
    turn = Turn(question, ((Intent.ASK_FEE, 0.95),), date(2026, 11, 22), (mention,))
    wording = wording_from(ROOT / "domain.yml")
    reply = source.settle().respond(turn, Context())
    return "\n".join(wording.text(answer) for answer in reply.answers)


def test_a_fee_from_the_resolution_to_the_answer(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    fill(at.engine)
    at.hire("lan", Role.EDITOR)
    at.hire("minh", Role.APPROVER)
    source = KnowledgeSource(at.engine, ROOT / "data", refresh_seconds=0)
    assert "8.000" in told(source)
    page = enter(office, "lan")
    address = page.url.removesuffix("/console/")
    page.get_by_role("link", name="Danh mục thủ tục").click()
    page.get_by_text("Lọc", exact=True).click()
    looked_at(page, "catalogue")
    page.get_by_role("searchbox").fill("xin trích lục khai sinh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("row")).not_to_have_count(0)
    page.get_by_role("link", name="Cấp bản sao trích lục hộ tịch").click()
    looked_at(page, "record")
    page.get_by_role("link", name="Sửa thông tin").click()
    # A row comes without leaving the page, and an empty one is nothing.
    page.get_by_role("button", name="Thêm dòng (Phí, lệ phí)").click()
    expect(page.locator("[name='fees-1-label']")).to_be_focused()
    page.locator("[name='fees-0-amount']").fill("mười hai nghìn")
    page.locator("[name='reason']").fill("Mức thu mới từ kỳ họp tháng 11")
    page.get_by_role("button", name="Xem trước").last.click()
    expect(page.get_by_text("Xin nhập số tiền bằng chữ số")).to_be_visible()
    expect(page.locator("[name='fees-0-amount']")).to_have_value("mười hai nghìn")
    looked_at(page, "record-edit-fault")
    page.locator("[name='fees-0-amount']").fill("12.000")
    page.locator("[name='fees-0-legal_basis']").fill(RESOLUTION)
    page.locator("[name='source_title']").fill(RESOLUTION)
    page.locator("[name='source_day']").fill("2026-11-20")
    page.get_by_role("button", name="Xem trước").last.click()
    expect(page.locator("ins").first).to_contain_text("12.000 đồng/bản")
    looked_at(page, "record-preview")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("status")).to_contain_text("Cần một người khác duyệt")
    page = other(office, "minh")
    page.goto(f"{address}/console/catalogue")
    looked_at(page, "catalogue-waiting")
    page.get_by_role("region", name="Sửa đổi chờ duyệt").get_by_role("link").first.click()
    looked_at(page, "amendment-decide")
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã duyệt")
    source.settle()
    answer = told(source)
    assert "12.000" in answer and RESOLUTION in answer and "20/11/2026" in answer and "8.000" not in answer
    page.goto(f"{address}/console/catalogue/{COPY}")
    page.get_by_text("Thay đổi 2 mục so với phiên bản trước").click()
    page.get_by_label("Đã so với nguồn nào").fill("Bản đăng Công báo")
    page.get_by_role("button", name="Xác nhận còn đúng").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận ngày kiểm tra")
    looked_at(page, "record-changed")
    page.goto(f"{address}/console/catalogue/{BIRTH}/edit")
    looked_at(page, "record-edit-cases")


def test_a_file_from_the_upload_to_the_catalogue(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    fill(at.engine)
    at.hire("lan", Role.EDITOR)
    at.hire("minh", Role.APPROVER)
    page = enter(office, "lan")
    address = page.url.removesuffix("/console/")
    page.goto(f"{address}/console/imports")
    page.get_by_role("button", name="Tải lên và xem trước").click()
    expect(page.get_by_text("Xin chọn một tệp.")).to_be_visible()
    looked_at(page, "imports")
    changed = replace(COPY_RECORD, fees=(Fee(FeeKind.AMOUNT, 9000, per="bản"),))
    content = msgspec.json.encode(changed) + b"\nkhong phai\n"
    page.locator("#file").set_input_files(
        {"name": "thang-11.jsonl", "mimeType": "application/jsonl", "buffer": content}
    )
    page.get_by_role("button", name="Tải lên và xem trước").click()
    expect(page.locator("ins").first).to_contain_text("9.000 đồng/bản")
    looked_at(page, "import")
    here = page.url.split("?")[0]
    page = other(office, "minh")
    page.goto(f"{here}?part=rejected")
    looked_at(page, "import-decide")
    page.get_by_role("button", name="Duyệt và nhập").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nhập")
    page.goto(f"{address}/console/imports")
    looked_at(page, "imports-past")
