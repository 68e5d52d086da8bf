"""From what many ask in vain to a name proposed and an order settled, in a real browser."""

from playwright.sync_api import Page, expect

from bot.amendments import proposals
from bot.staff.roles import Role
from bot.upkeep import orders
from tests.console.asking import ask
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.web.test_console import check, enter, office  # noqa: F401


def test_from_an_unanswered_question_to_the_editors(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    ask(at)
    at.hire("lan", Role.EDITOR)
    page = enter(office, "lan")
    page.get_by_role("link", name="Chưa trả lời được").click()
    # While questions are being grouped the page looks again by itself.
    expect(page.get_by_text("2 nhóm từ 4 câu hỏi")).to_be_visible(timeout=60_000)
    check(page)
    page.get_by_role("link", name="đẻ con xong").click()
    check(page)
    page.get_by_role("textbox", name="Tên gọi").fill("báo sinh")
    page.get_by_role("button", name="Đề xuất tên gọi").click()
    expect(page.get_by_text("Xin nhập mục này")).to_be_visible()
    check(page)
    page.get_by_label("Lý do").fill("Công dân hay gọi như vậy")
    page.get_by_role("button", name="Đề xuất tên gọi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi đề xuất thêm tên gọi.")
    with at.engine.connect() as connection:
        assert [one.code for one in proposals.waiting(connection)] == ["1.000001"]
    page.get_by_role("main").get_by_role("link", name="Câu hỏi chưa trả lời được").click()
    page.get_by_role("link", name="lợn trong phố").click()
    check(page)
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_role("status")).to_have_text("Đã gửi yêu cầu cho biên tập.")
    check(page)
    page.get_by_label("Đã làm gì, hoặc vì sao không làm").fill("Đã thêm thủ tục vào danh mục.")
    page.get_by_role("button", name="Đã xử lý xong").click()
    expect(page.get_by_role("status")).to_have_text("Đã ghi nhận yêu cầu xử lý xong.")
    check(page)
    page.get_by_role("main").get_by_role("link", name="Yêu cầu biên tập").click()
    expect(page.get_by_text("Không còn yêu cầu nào chưa xử lý.")).to_be_visible()
    check(page)
    with at.engine.connect() as connection:
        assert [order.title for order in orders.settled_orders(connection)] == ["nuôi lợn trong phố"]
