"""A dossier prepared in a real browser: nobody may get lost between its questions, papers and buttons."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.dossiers.casefile import Phase
from tests.web.citizen import ask, field, focused, messages, open_panel
from tests.web.conftest import Visit
from tests.web.guided import FORM, WISH, GuidedPortal
from tests.web.portal import Portal
from tests.web.test_access import check, small_targets


@pytest.fixture
def portal() -> Iterator[Portal]:
    with GuidedPortal().run() as running:
        yield running


def titles(page: Page) -> list[str]:
    """Buttons of the last answer, from top to bottom."""
    return messages(page).last.locator(".reply").all_inner_texts()


def press(page: Page, title: str) -> None:
    """A button of the last answer, reached with Shift+Tab from the field and pressed with Enter."""
    before = messages(page).count()
    expect(field(page)).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if focused(page) == title:
            break
    assert focused(page) == title, titles(page)
    page.keyboard.press("Enter")
    expect(messages(page)).to_have_count(before + 1)


def begin(page: Page) -> None:
    open_panel(page)
    ask(page, WISH)
    press(page, "Chuẩn bị hồ sơ từng bước")


def test_a_dossier_is_prepared_with_the_keyboard_alone(visit: Visit, portal: GuidedPortal) -> None:
    """Who cannot use a mouse would be stuck before the verdict; each answer must follow its question."""
    page = visit()
    begin(page)
    for title in (
        "Bệnh viện",
        "Chưa quá 60 ngày",
        "Còn thiếu",
        "Có rồi",
        "Có rồi",
        "Nộp qua mạng",
        "Cho tôi",
    ):
        press(page, title)
    ask(page, "Hồng Gai")
    for title in ("Đã có", "Đã chụp xong"):
        press(page, title)
    assert portal.guided.draft.phase is Phase.READY
    expect(messages(page).last).to_contain_text("đã sẵn sàng")
    authors = page.locator("#panel li.message").evaluate_all(
        "(all) => all.map((one) => one.classList.contains('citizen') ? 'c' : 'a')"
    )
    talk = "".join(authors).lstrip("a")
    assert talk == "ca" * 12, "each answer stands below what it answers"
    shown = titles(page)
    assert len(shown) == 6 and shown[0] == "Mở trang nộp hồ sơ" and "Tôi đã nộp" in shown


def test_the_form_opens_beside_the_conversation(visit: Visit, portal: GuidedPortal) -> None:
    """A page opened over the conversation would take the checklist away."""
    page = visit()
    page.context.route(f"{FORM}*", lambda route: route.fulfill(body="<title>Tờ khai</title>"))
    begin(page)
    for title in ("Bệnh viện", "Chưa quá 60 ngày", "Có đủ rồi", "Nộp trực tiếp", "Cho tôi", "Bỏ qua"):
        press(page, title)
    link = messages(page).last.get_by_role("link", name="Điền sẵn tờ khai")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    before = messages(page).count()
    with page.expect_popup() as opened:
        link.press("Enter")
    assert opened.value.url == FORM and opened.value.evaluate("window.opener") is None
    opened.value.close()
    expect(messages(page)).to_have_count(before)
    expect(messages(page).last.get_by_role("button", name="Tôi đã nộp")).to_be_enabled()


def test_checklist_and_verdict_shut_nobody_out_on_a_narrow_screen(visit: Visit) -> None:
    """At 320 px every button must be whole, large enough to touch and readable aloud."""
    page = visit(320, 640)
    begin(page)
    for title in ("Ở nhà", "Có", "Đã quá 60 ngày"):
        press(page, title)
    expect(messages(page).last).to_contain_text("Cần nộp hoặc xuất trình")
    check(page)
    assert small_targets(page) == []
    for title in ("Có đủ rồi", "Nộp trực tiếp", "Làm thay người khác", "Bỏ qua"):
        press(page, title)
    assert len(titles(page)) == 6
    check(page)
    assert small_targets(page) == []
    page.reload()
    open_panel(page)
    expect(messages(page).last.get_by_role("button", name="Tôi đã nộp")).to_be_enabled()
