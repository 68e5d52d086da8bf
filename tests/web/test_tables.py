"""Plain tables in a real browser: an editor proposes, an approver decides, and both can read every page."""

from playwright.sync_api import Page, expect

from bot.staff.roles import Role
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.console.test_tables import fill
from tests.web.test_console import check, enter, office  # noqa: F401


def test_an_agency_is_renamed_by_two(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    fill(at)
    at.hire("lan", Role.EDITOR)
    at.hire("minh", Role.APPROVER)
    page = enter(office, "lan")
    page.get_by_role("link", name="Bảng dữ liệu").click()
    check(page)
    page.get_by_role("link", name="Cơ quan", exact=True).click()
    page.get_by_role("searchbox").fill("so tu phap")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Mã", exact=True).click()
    check(page)
    page.get_by_role("link", name="Mở H49.22, Sở Tư pháp").click()
    check(page)
    page.get_by_role("link", name="Đề xuất thay đổi").click()
    page.get_by_role("textbox", name="Tên", exact=True).fill("Sở Tư pháp thành phố")
    page.get_by_role("button", name="Gửi đề xuất").click()
    check(page)  # without a reason it is shown again
    page.get_by_label("Lý do").fill("Đổi tên")
    page.get_by_label("Căn cứ").fill("Nghị quyết 36/2026/QH16")
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã gửi đề xuất thay đổi.")
    page.get_by_role("link", name="Thay đổi số 1").click()
    check(page)
    change = page.url
    page.context.clear_cookies()
    page.reload()
    page = enter(office, "minh")
    page.goto(change)
    check(page)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Đã duyệt. Thay đổi có hiệu lực từ bây giờ.")
    check(page)
    page.goto(change.split("/changes")[0] + "/contradiction/1")
    check(page)
    page.get_by_label("Nhận xét").fill("Do làm tròn")
    page.get_by_role("button", name="Đánh dấu đã xem").click()
    expect(page.get_by_role("status")).to_have_text("Đã ghi nhận xét.")
    page.goto(change.split("/changes")[0] + "/statistic/1/edit")
    check(page)
