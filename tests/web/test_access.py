"""WCAG 2.2 AA: nobody may be shut out by a small screen, a keyboard, a screen reader or their eyes."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.citizen import ask, choose, field, focused, launcher, messages, open_panel, panel, sheet
from tests.web.conftest import Visit
from tests.web.portal import Portal

# 1280 CSS px at 400 % zoom is a screen of 320 by 256
SIZES = {"320 px": (320, 640), "1280 px": (1280, 900), "400 %": (320, 256)}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TARGET = 44
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
)

every_size = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())


def check(page: Page) -> None:
    """No violations by axe-core, and nothing to scroll sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    wide = page.evaluate(
        """() => [document.documentElement,
             ...document.querySelector("qn-assistant").shadowRoot.querySelectorAll(
               "dialog[open], dialog[open] .transcript, dialog[open] .content, dialog[open] .bubble")]
           .filter((box) => box.scrollWidth > box.clientWidth + 1)
           .map((box) => box.className || box.id || box.tagName)"""
    )
    assert wide == []


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelector("qn-assistant").shadowRoot.querySelectorAll(
             "button, dialog[open] :is(textarea, label:has(input), input:not(label input, [type=file]))")]
           .filter((box) => box.checkVisibility() && !box.classList.contains("unseen"))
           .filter((box) => { const { width, height } = box.getBoundingClientRect();
             return width && (width < least - .5 || height < least - .5); })
           .map((box) => box.textContent || box.id)""",
        TARGET,
    )
    return found


@every_size
def test_the_demo_page_and_the_launcher(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(*size)
    check(page)
    assert small_targets(page) == []


@every_size
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_open_panel_with_answers(visit: Visit, size: tuple[int, int], look: str) -> None:
    page = visit(*size)
    page.evaluate("(theme) => localStorage.setItem('qn-assistant:look', JSON.stringify({ theme }))", look)
    open_panel(page)
    check(page)
    ask(page, "đăng ký khai sinh")
    messages(page).last.get_by_role("button", name="Câu trả lời chưa được").click()
    expect(messages(page).last.get_by_role("radio")).to_have_count(5)
    check(page)
    assert small_targets(page) == []


def menu(page: Page) -> None:
    panel(page).get_by_role("button", name="Tùy chọn").click()


def code(page: Page) -> None:
    choose(page, "Tiếp tục trên Zalo")
    sheet(page).get_by_role("button", name="Lấy mã").click()


DIALOGS: dict[str, Callable[[Page], None]] = {
    "menu": menu,
    "look-up": lambda page: panel(page).get_by_role("button", name="Tra cứu hồ sơ").click(),
    "privacy": lambda page: choose(page, "Dữ liệu cá nhân"),
    "rating": lambda page: choose(page, "Đánh giá"),
    "link": code,
    "erase": lambda page: choose(page, "Xóa cuộc trò chuyện"),
}


@every_size
def test_the_dialogs(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(*size)
    open_panel(page)
    for name, opened in DIALOGS.items():
        page.emulate_media(color_scheme="dark" if name == "link" else "light")
        opened(page)
        expect(sheet(page)).to_be_visible()
        check(page)
        assert small_targets(page) == []
        page.keyboard.press("Escape")
        expect(sheet(page)).to_have_count(0)
        expect(panel(page)).to_be_visible()


@every_size
def test_large_text_and_wide_spacing_lose_nothing(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(*size)
    page.evaluate("localStorage.setItem('qn-assistant:look', JSON.stringify({ large: true }))")
    open_panel(page)
    page.evaluate(
        """(style) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);
             document.querySelector("qn-assistant").shadowRoot.adoptedStyleSheets.push(sheet); }""",
        SPACING,
    )
    ask(page, "đăng ký khai sinh")
    check(page)
    cut = page.evaluate(
        """() => [...document.querySelector("qn-assistant").shadowRoot
             .querySelectorAll("dialog button, dialog p, dialog h2")]
           .filter((box) => box.checkVisibility() && getComputedStyle(box).display !== "inline"
             && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 2))
           .map((box) => box.textContent)"""
    )
    assert cut == []


def test_everything_is_done_with_the_keyboard_alone(visit: Visit, portal: Portal) -> None:
    page = visit()

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(40):
            if re.search(name, focused(page)):
                return
            page.keyboard.press(key)
        raise AssertionError(f"{name} is not reached, focus is on {focused(page)}")

    tab_to("launcher")
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    expect(launcher(page)).to_have_attribute("aria-expanded", "true")
    expect(messages(page)).to_have_count(1)
    page.keyboard.type("đăng ký khai sinh")
    page.keyboard.press("Enter")
    expect(messages(page)).to_have_count(2)
    expect(field(page)).to_be_focused()
    tab_to("Câu trả lời có ích", "Shift+Tab")
    page.keyboard.press("Space")
    expect(messages(page).last.get_by_role("status")).to_contain_text("Cảm ơn")
    tab_to("Nộp ở đâu", "Shift+Tab")
    box = page.get_by_role("checkbox", name="Giấy tờ tùy thân")
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if box.evaluate("box => box === box.getRootNode().activeElement"):
            break
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    tab_to("Nộp ở đâu")
    page.keyboard.press("Enter")
    expect(messages(page)).to_have_count(3)
    expect(field(page)).to_be_focused()
    tab_to("Tùy chọn", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to("Đánh giá")
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("radio").first).to_be_visible()
    sheet(page).get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to("Gửi đánh giá")
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("status")).to_contain_text("Cảm ơn")
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    assert portal.feedback == [
        {"seq": 2, "kind": "thumb", "score": 1},
        {"kind": "visit", "score": 1},
    ]


def test_the_history_is_not_read_out_but_new_answers_are(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "xin chào")
    page.reload()
    page.evaluate(
        """() => { window.live = []; const root = document.querySelector("qn-assistant").shadowRoot;
           new MutationObserver(() => {
             const log = root.querySelector("[role=log]"), said = root.querySelectorAll("li.message").length;
             if (log) window.live.push([log.getAttribute("aria-live"), said]);
           }).observe(root, { childList: true, subtree: true, attributes: true }); }"""
    )
    open_panel(page)
    log = panel(page).get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    before = page.evaluate("window.live.filter(([live]) => live === 'polite').map(([, count]) => count)")
    assert set(before) == {4}  # greeting, privacy, question, answer: all there before it was switched on
    expect(log).to_have_attribute("aria-relevant", "additions")
    field(page).focus()
    ask(page, "câu nữa")
    expect(field(page)).to_be_focused()


def test_each_message_says_who_spoke_and_when(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "xin chào")
    expect(messages(page, "citizen").locator(".meta")).to_have_text(re.compile(r"Anh/chị, \s*\d\d:\d\d"))
    expect(messages(page).last.locator(".meta")).to_have_text(re.compile(r"Trợ lý tự động \d\d:\d\d"))


def test_typing_is_a_status(visit: Visit, portal: Portal) -> None:
    portal.answer_seconds = 2.0
    page = visit()
    open_panel(page)
    field(page).fill("xin chào")
    field(page).press("Enter")
    typing = panel(page).locator(".typing")
    expect(typing).to_have_attribute("role", "status")
    expect(typing).to_have_text("Trợ lý đang trả lời…")
    expect(typing).to_have_text("")


def described(field: Locator) -> str:
    found: str = field.evaluate(
        """(box) => box.getAttribute("aria-describedby").split(" ")
             .map((id) => box.getRootNode().getElementById(id).textContent).join(" ")"""
    )
    return found


def test_errors_are_text_tied_to_their_field(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    field(page).press("Enter")
    assert "chưa viết nội dung" in described(field(page))
    field(page).fill("a" * 1001)
    field(page).press("Enter")
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    assert "dài quá 1000" in described(field(page)) and "1001/1000" in described(field(page))
    panel(page).get_by_role("button", name="Tra cứu hồ sơ").click()
    code = sheet(page).get_by_label("Mã hồ sơ")
    code.fill("12345")
    code.press("Enter")
    assert "chưa đúng dạng" in described(code)
    expect(code).to_be_focused()


def test_motion_stops_for_who_asks_and_forced_colours_keep_borders(visit: Visit, browser: Browser) -> None:
    page = visit()
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    open_panel(page)
    field(page).fill("xin chào")
    field(page).press("Enter")
    names = page.evaluate(
        """() => [...document.querySelector("qn-assistant").shadowRoot.querySelectorAll("*")]
             .flatMap((box) => box.getAnimations({ subtree: false })).length"""
    )
    assert names == 0
    expect(messages(page).first.locator(".bubble")).to_have_css("border-top-style", "solid")


def test_a_covering_panel_keeps_the_focus_and_fits_above_the_keyboard(visit: Visit) -> None:
    page = visit(320, 640)
    open_panel(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert focused(page) in ("BODY", "") or page.evaluate("document.activeElement.tagName") in (
            "QN-ASSISTANT",
            "BODY",
        )
    page.set_viewport_size({"width": 320, "height": 330})
    expect(panel(page)).to_have_css("height", "330px")


def test_english_changes_the_interface_and_leaves_answers_vietnamese(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "xin chào")
    panel(page).get_by_role("button", name="Tùy chọn").click()
    sheet(page).get_by_role("radio", name="English").click()
    expect(panel(page).get_by_role("button", name="Talk to an officer")).to_be_visible()
    expect(launcher(page)).to_have_accessible_name("Ask about services: close the assistant")
    expect(page.locator("#place")).to_have_attribute("lang", "en")
    for bubble in messages(page).locator(".bubble").all():
        expect(bubble).to_have_attribute("lang", "vi")
    check(page)
    page.reload()
    open_panel(page)
    expect(panel(page)).to_have_accessible_name("Quảng Ninh public service assistant")
