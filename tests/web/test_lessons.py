"""Lessons in a real browser: from a turn that went wrong to the file, by two people, and nobody shut out."""

from playwright.sync_api import Page, expect

from bot.answers.intent import Intent
from bot.learning.files import TRAINING
from bot.staff.roles import Role
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.learning.lesson_rows import BIRTH, agree, stock
from tests.reviews.conftest import Past
from tests.web.test_console import check, enter, office  # noqa: F401

QUESTION = "khai sinh cho cháu hết bao nhiêu tiền, gọi 0912345678 nhé"


def test_from_a_turn_to_the_file(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("lan", Role.EDITOR)
    at.hire("minh", Role.APPROVER)
    with at.engine.begin() as connection:
        stock(connection)
        past = Past(connection)
        who = past.citizen("hoa")
        agree(connection, who)
        turn = past.asked(QUESTION, who=who, intent=Intent.ASK_TIME, code=BIRTH)
        past.asked("thế bao lâu có giấy", who=who, intent=Intent.ASK_TIME, code=BIRTH)
    page = enter(office, "lan")
    address = page.url.removesuffix("/console/")
    page.goto(f"{address}/console/turns/{turn}")
    page.get_by_role("link", name="Đề xuất bài học").click()
    expect(page.get_by_role("heading", name="Lời người dân")).to_be_visible()
    check(page)
    text = page.get_by_label("Câu hỏi, hoặc tên gọi khác")
    expect(text).to_have_value("khai sinh cho cháu hết bao nhiêu tiền, gọi 091****678 nhé")
    text.fill("tôi tên là Lan, khai sinh cho cháu hết bao nhiêu tiền")
    page.get_by_label("Ý định đúng").select_option("ask_fee")
    page.get_by_label("Lý do đề xuất").fill("Hỏi lệ phí, không hỏi thời hạn")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.locator("mark")).to_have_text("tôi tên là Lan")
    check(page)
    text.fill("khai sinh cho cháu hết bao nhiêu tiền")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất")
    check(page)
    page.goto(f"{address}/console/conversations/{who.conversation_id}")
    page.get_by_role("link", name="Tạo hội thoại mẫu").click()
    expect(page.get_by_role("group", name="Lượt 2")).to_be_visible()
    check(page)
    page.get_by_label("Người dân viết").first.fill("khai sinh hết mấy tiền")
    page.get_by_label("Lý do đề xuất").fill("Câu hỏi nối tiếp")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất")
    check(page)
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{address}/console/")
    enter(office, "minh")
    page.goto(f"{address}/console/lessons?state=proposed")
    check(page)
    page.get_by_role("link", name="khai sinh cho cháu hết bao nhiêu tiền").click()
    check(page)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Đã duyệt và ghi vào tệp.")
    check(page)
    written = (at.settings.learned_dir / TRAINING).read_text(encoding="utf-8")
    assert "- intent: ask_fee\n  examples: |\n    - khai sinh cho cháu hết bao nhiêu tiền\n" in written
