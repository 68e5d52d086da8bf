"""The pages of control and of the privacy desk in a real browser: nobody is shut out of the kill switch."""

from playwright.sync_api import Page, expect
from sqlalchemy import insert

from bot.control.stopping import stoppages
from bot.conversations.channel import Channel
from bot.conversations.linking import issue
from bot.handoffs.tables import staff_note
from bot.staff.roles import Role
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.privacy.conftest import wrote
from tests.web.test_console import check, enter, office  # noqa: F401

TEXT = "utter_channel_stopped"


def test_pages_of_control(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("sep", Role.SUPERVISOR, Role.EDITOR)
    page = enter(office, "sep")
    address = page.url.removesuffix("/console/")
    page.goto(f"{address}/console/control")
    check(page)
    page.get_by_label("Lý do dừng tất cả các kênh").fill("Trả lời sai lệ phí khai sinh")
    page.get_by_role("button", name="Dừng tất cả các kênh").click()
    expect(page.get_by_role("status")).to_have_text("Đã dừng.")
    with at.engine.connect() as connection:
        assert set(stoppages(connection)) == set(Channel)
    check(page)
    page.goto(f"{address}/console/banners")
    page.get_by_label("Nội dung").fill("Cổng bảo trì đến 18 giờ hôm nay.")
    page.get_by_label("Đến lúc").fill("2026-11-22T18:00")
    page.get_by_role("button", name="Xem trước").click()
    check(page)
    page.get_by_role("button", name="Đặt thông báo").click()
    expect(page.get_by_role("status")).to_have_text("Đã đặt thông báo.")
    check(page)
    page.goto(f"{address}/console/hours")
    check(page)
    page.get_by_label("Thứ Bảy").fill("sáng")
    page.get_by_role("button", name="Xem trước").click()
    check(page)
    page.goto(f"{address}/console/texts?q=tạm dừng")
    check(page)
    page.get_by_role("link", name=TEXT).click()
    page.get_by_label("Nội dung").fill("Tạm dừng.")
    page.get_by_label("Lý do").fill("Ngắn hơn")
    page.get_by_role("button", name="Xem trước").click()
    check(page)
    page.get_by_role("button", name="Gửi đề xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã gửi đề xuất.")
    check(page)


def test_pages_of_the_privacy_desk(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("dpo", Role.PRIVACY)
    page = enter(office, "dpo")
    address = page.url.removesuffix("/console/")
    with at.engine.begin() as connection:
        someone = wrote(connection, "lệ phí khai sinh", now=at.now)
        code = issue(connection, someone.conversation_id, at.now)
        note = {"conversation_id": someone.conversation_id, "account_id": 1, "at": at.now}
        connection.execute(insert(staff_note).values(text="CCCD 022089001234", **note))
    page.goto(f"{address}/console/scanner")
    page.get_by_role("button", name="Rà soát ngay").click()
    expect(page.get_by_role("status")).to_contain_text("1 giá trị chưa che")
    check(page)
    page.goto(f"{address}/console/privacy/new")
    check(page)
    page.get_by_label("Loại yêu cầu").select_option("erase")
    page.get_by_label("Nội dung yêu cầu").fill("Xin xóa hết")
    page.get_by_label("Mã trong hội thoại").fill(code)
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_role("status")).to_have_text("Đã ghi nhận yêu cầu.")
    check(page)
    page.get_by_role("button", name="Đã báo người yêu cầu").click()
    page.get_by_role("link", name="Xem trước những gì sẽ xóa").click()
    check(page)
    page.get_by_label("Lý do").fill("Yêu cầu số 1")
    page.get_by_role("button", name="Xóa vĩnh viễn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xóa")
    check(page)
    for path in ("privacy", "consents", "retention"):
        page.goto(f"{address}/console/{path}")
        check(page)
