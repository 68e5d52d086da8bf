"""The frame of the console in a real browser: entering, shortcuts, and nobody shut out."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Page, expect

from bot.staff import accounts
from bot.staff.roles import Role
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import PASSWORD, Desk
from tests.web.staffed import served

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = ((1280, 900), (768, 1024))
FRESH = "Đò ngang bến Chanh 63"


def check(page: Page) -> None:
    """No violations by axe-core and nothing to scroll sideways, on the desk and on a tablet."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


@pytest.fixture
def office(desk: Desk, context: BrowserContext) -> Iterator[tuple[Desk, Page]]:  # noqa: F811
    """A console and a page at its door; at the end no page may have thrown or broken the policy."""
    faults: list[str] = []
    with served(desk) as address:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/console/")
        yield desk, page
        faults.extend(page.evaluate("window.violations") or [])
        page.close()
    assert faults == []


def give_password(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def enter(office: tuple[Desk, Page], login: str) -> Page:
    at, page = office
    give_password(page, login)
    page.get_by_label("Mã 6 chữ số").fill(at.code(login))
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("navigation")).to_be_visible()
    at.now += 60
    return page


def test_the_first_entry_from_password_to_a_password_of_ones_own(office: tuple[Desk, Page]) -> None:
    """A new member of staff has nobody at hand who explains it."""
    at, page = office
    at.hire("lan", Role.AGENT, factor=False, must_change=True)
    check(page)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    check(page)
    give_password(page, "lan")
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    check(page)
    at.secrets["lan"] = re.sub(r"\s", "", page.locator("code.secret").inner_text())
    page.get_by_label("Mã 6 chữ số").fill(at.code("lan"))
    page.get_by_role("button", name="Hoàn tất").click()
    expect(page.get_by_text("chỉ có giá trị một lần")).to_be_visible()
    check(page)
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=False).first.fill(FRESH)
    page.get_by_label("Nhập lại mật khẩu mới").fill(FRESH)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("status")).to_have_text("Đã đổi mật khẩu.")
    check(page)


def test_pages_of_an_admin(office: tuple[Desk, Page]) -> None:
    at, _ = office
    at.hire("sep", Role.ADMIN)
    lan = at.hire("lan", Role.AGENT, Role.SUPERVISOR)
    with at.engine.begin() as connection:
        for _ in range(5):
            accounts.count_failure(connection, lan.id, at.now)
    page = enter(office, "sep")
    address = page.url.removesuffix("/console/")
    for path in ("", "staff", "staff/new", f"staff/{lan.id}", "me", "me/password", "audit-log", "nothing"):
        page.goto(f"{address}/console/{path}")
        check(page)
    page.goto(f"{address}/console/audit-log")
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status")).to_contain_text("toàn vẹn")
    check(page)
    page.goto(f"{address}/console/staff/new")
    page.get_by_role("button", name="Tạo tài khoản").click()
    check(page)
    page.get_by_label("Tên đăng nhập").fill("minh")
    page.get_by_label("Họ và tên").fill("Minh Anh")
    page.get_by_label("Cán bộ hỗ trợ", exact=True).check()
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.locator("code.password")).to_have_text(re.compile(r"^(\w{4}-){4}\w{4}$"))
    check(page)


def test_shortcuts_lead_around_and_can_be_switched_off(office: tuple[Desk, Page]) -> None:
    """Whoever answers all day wants no mouse; whoever speaks to the machine wants no surprises."""
    at, _ = office
    at.hire("sep", Role.ADMIN)
    page = enter(office, "sep")
    page.keyboard.type("gs")
    expect(page).to_have_url(re.compile(r"/console/staff$"))
    page.keyboard.type("gl")
    expect(page).to_have_url(re.compile(r"/console/audit-log$"))
    page.keyboard.press("/")
    field = page.get_by_label("Đối tượng")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("gh?")
    expect(field).to_have_value("gh?")
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Tài khoản")
    check(page)
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Đóng").click()
    page.keyboard.type("gh")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/console/audit-log$"))
    page.get_by_role("button", name="Phím tắt").click()
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.type("gh")
    expect(page).to_have_url(re.compile(r"/console/$"))


def test_leaving(office: tuple[Desk, Page]) -> None:
    at, _ = office
    at.hire("lan", Role.AGENT)
    page = enter(office, "lan")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_have_text("Anh/chị đã đăng xuất.")
    page.go_back()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
