"""Whom a warning does not reach travels for nothing; whom it covers the screen for cannot ask."""

from playwright.sync_api import Locator, Page, expect

from tests.web.citizen import focused, launcher, open_panel, panel
from tests.web.conftest import Visit
from tests.web.portal import Portal
from tests.web.test_access import check, small_targets

FLOOD = {"id": 1, "text": "Hệ thống bảo trì từ 20:00. Xin nộp hồ sơ trước giờ đó.", "until": 1e10}
BANNERS = "GET /webhooks/web/banners"
STORM = {"id": 2, "text": "Bão số 9: các điểm tiếp nhận nghỉ đến hết thứ Ba.", "until": 1e10}


def banner(page: Page) -> Locator:
    return panel(page).locator("[data-name=banner]")


def _looked(page: Page, portal: Portal) -> None:
    """Wait until the panel has asked for banners once more."""
    before = portal.asked[BANNERS]
    page.clock.run_for(61_000)
    while portal.asked[BANNERS] == before:
        page.wait_for_timeout(25)


def test_a_banner_is_shown_closes_and_comes_back_only_with_news(visit: Visit, portal: Portal) -> None:
    portal.banners = [FLOOD]
    page = visit()
    page.clock.install()
    open_panel(page)
    expect(banner(page)).to_have_text(str(FLOOD["text"]))
    expect(banner(page)).to_have_attribute("role", "alert")
    check(page)
    assert small_targets(page) == []
    banner(page).get_by_role("button", name="Đóng").click()
    expect(banner(page)).to_have_count(0)
    assert focused(page).startswith("q")
    _looked(page, portal)
    expect(banner(page)).to_have_count(0)
    page.reload()
    open_panel(page)
    _looked(page, portal)
    expect(banner(page)).to_have_count(0)
    portal.banners = [STORM, FLOOD]
    page.clock.run_for(61_000)
    expect(banner(page)).to_have_text(f"{STORM['text']}\n{FLOOD['text']}")
    portal.banners = []
    page.clock.run_for(61_000)
    expect(banner(page)).to_have_count(0)


def test_everybody_sees_it_also_who_closed_the_panel_meanwhile(visit: Visit, portal: Portal) -> None:
    page = visit(320, 640)
    open_panel(page)
    expect(banner(page)).to_have_count(0)
    panel(page).get_by_role("button", name="Đóng (nội dung").click()
    portal.banners = [FLOOD]
    launcher(page).click()
    expect(banner(page)).to_be_visible()
    check(page)
    other = visit()
    launcher(other).click()
    expect(banner(other)).to_be_visible()
