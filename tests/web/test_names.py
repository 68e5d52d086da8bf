"""Citizens see which person wrote to them, as on paper."""

from pathlib import Path

from playwright.sync_api import expect

from tests.web.citizen import ask, choose, messages, open_panel, panel
from tests.web.conftest import Visit
from tests.web.portal import Portal
from tests.web.test_access import check


def test_whoever_of_staff_wrote_is_named(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    ask(page, "gặp cán bộ")
    (talk,) = portal.talks.values()
    talk.messages.append(
        {**talk.messages[-1], "seq": 3, "author": "staff", "name": "Lan", "text": "Chào bác"}
    )
    page.reload()
    open_panel(page)
    said = panel(page).locator("li.message.staff")
    expect(said.locator(".who")).to_have_text("Cán bộ Lan")
    expect(messages(page).last.locator(".who")).to_have_text("Trợ lý tự động")
    check(page)
    with page.expect_download() as download:
        choose(page, "Tải cuộc trò chuyện (.txt)")
    assert "Cán bộ Lan, " in Path(download.value.path()).read_text(encoding="utf-8")
