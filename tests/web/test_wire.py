"""The widget against the real web channel: both follow one wire format."""

import mimetypes

from msgspec.structs import replace
from playwright.async_api import Route, async_playwright, expect
from sqlalchemy.engine import Engine

from bot.conversations.said import Card, Offer, Said, Source
from tests.channels.web.site import opened
from tests.web.portal import WEB


async def _page(route: Route) -> None:
    path = WEB / (route.request.url.split("/", 3)[3] or "index.html")
    await route.fulfill(
        body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "text/plain"
    )


async def test_the_widget_and_the_server_understand_each_other(
    chromium, sqlite_engine: Engine, tmp_path
) -> None:
    answer = Said(
        "Xem https://dichvucong.gov.vn/a nhé",
        (Offer("Nộp ở đâu?", token="t1"),),
        Card("1.001193", "Khai sinh", ("Tờ khai",), (Source("Cổng", "1.001193", "", "2026-11-21"),)),
        outcome="answered",
    )
    async with opened(sqlite_engine, tmp_path / "var") as site, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page()
        page.set_default_timeout(8000)
        await page.route(lambda url: "/webhooks/" not in url, _page)
        await page.goto(f"{site.own}/")
        await page.locator("#launcher").click()
        await expect(page.locator("li.assistant")).to_have_count(1)
        await page.get_by_role("button", name="web_starters").click()
        await expect(page.locator("li.citizen .state")).to_have_text("")
        sid = await page.evaluate("JSON.parse(localStorage['qn-assistant:session']).id")
        form = Offer("Điền sẵn tờ khai", url=f"{site.own}/to-khai/x")
        await site.hub.say(await site.hub.conversation(sid), replace(answer, buttons=(*answer.buttons, form)))
        said = page.locator("li.assistant").last
        await expect(said.get_by_role("link").first).to_have_text("https://dichvucong.gov.vn/a")
        button = said.get_by_role("link", name="Điền sẵn tờ khai")
        await expect(button).to_have_attribute("href", f"{site.own}/to-khai/x")
        await expect(button).to_have_attribute("target", "_blank")
        await expect(button).to_have_attribute("rel", "noopener noreferrer")
        await expect(said.locator(".sources")).to_contain_text("21/11/2026")
        await said.get_by_role("button", name="Câu trả lời có ích").click()
        await expect(said.get_by_role("status")).to_contain_text("Cảm ơn")
        await page.reload()
        await page.locator("#launcher").click()
        await expect(page.locator("li.citizen")).to_contain_text("web_starters")
        await said.get_by_role("button", name="Nộp ở đâu?").click()
        await expect(page.locator("li.citizen")).to_have_count(2)
        await page.get_by_role("button", name="Tùy chọn").click()
        await page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
        await page.get_by_role("button", name="Xóa", exact=True).click()
        await expect(page.locator(".notice")).to_contain_text("đã được xóa")
        await page.get_by_role("button", name="Bắt đầu cuộc trò chuyện mới").click()
        await expect(page.locator("li.assistant")).to_have_count(1)
        assert await page.evaluate("JSON.parse(localStorage['qn-assistant:session']).id") != sid
        await browser.close()
