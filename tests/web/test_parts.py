"""The parts around the conversation: files, ways to a person, feedback, paper, size, embedding."""

import json
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.web import script
from tests.web.citizen import ask, choose, field, launcher, messages, open_panel, panel, sheet, until
from tests.web.conftest import Visit
from tests.web.portal import WEB, Portal

KB = 1000
LAUNCHER_BYTES = 6 * KB
VISIT_BYTES = 60 * KB
LINES = 300
PDF = {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 trang"}


def size(paths: list[str]) -> int:
    return sum((WEB / path.lstrip("/")).stat().st_size for path in paths)


def test_the_launcher_is_light_and_nothing_else_loads_before_it_is_pressed(
    visit: Visit, portal: Portal
) -> None:
    page = visit()
    expect(launcher(page)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [path for path in portal.loaded if path.startswith(("/assistant/", "/texts"))]
    assert size(["assistant.js"]) < LAUNCHER_BYTES


def test_a_visit_weighs_less_than_sixty_kilobytes(visit: Visit, portal: Portal) -> None:
    """What a browser loads to open the panel, ask, read and tick: scripts, styles and texts, uncompressed."""
    page = visit()
    open_panel(page)
    ask(page, "đăng ký khai sinh")
    page.get_by_role("checkbox").first.check()
    loaded = [path for path in portal.loaded if path.startswith(("/assistant", "/texts"))]
    assert {"/assistant.js", "/assistant/panel.css", "/texts.vi.json"} < set(loaded)
    assert size(loaded) < VISIT_BYTES


def test_sources_are_short_and_never_make_markup_from_strings() -> None:
    for path in [WEB / "assistant.js", *(WEB / "assistant").glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= LINES, path.name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|DOMParser", text
        ), path.name


def test_both_languages_say_the_same_things() -> None:
    texts = {
        name: json.loads((WEB / f"texts.{name}.json").read_text(encoding="utf-8")) for name in ("vi", "en")
    }
    assert texts["vi"].keys() == texts["en"].keys()
    for key, text in texts["vi"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", texts["en"][key])), key
    code = "".join(path.read_text(encoding="utf-8") for path in (WEB / "assistant").glob("*.js"))
    named = set(re.findall(r'\bt\("(\w+)"', code))
    assert named <= texts["vi"].keys()


def test_a_file_is_sent_only_after_the_privacy_notice_was_read(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    attach = panel(page).get_by_role("button", name="Gửi tệp")
    attach.click()
    expect(sheet(page)).to_contain_text("Xin đừng gửi số căn cước")
    sheet(page).get_by_role("button", name="Thôi").click()
    attach.click()
    with page.expect_file_chooser() as chooser:
        sheet(page).get_by_role("button", name="Tôi đã đọc").click()
    chooser.value.set_files(PDF)  # type: ignore[arg-type]
    expect(panel(page).locator(".composer .files")).to_contain_text("to-khai.pdf (1 KB)")
    panel(page).get_by_role("button", name="Gửi", exact=True).click()
    expect(messages(page, "citizen").locator(".files")).to_contain_text("to-khai.pdf")
    expect(messages(page)).to_have_count(2)
    assert len(portal.bodies[0]["files"]) == 1


def test_files_that_are_not_taken_are_refused_in_words(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    page.evaluate("sessionStorage.setItem('qn-assistant:privacy', '\"1\"')")
    attach = panel(page).get_by_role("button", name="Gửi tệp")
    error = panel(page).locator(".composer .error")
    for chosen, sentence in (
        ({**PDF, "name": "a.exe", "mimeType": "application/x-msdownload"}, "Không nhận được loại tệp"),
        ({**PDF, "buffer": b"%PDF" + bytes(5242880)}, "lớn hơn 5 MB"),
        ({**PDF, "buffer": b"MZ"}, "không đúng loại ghi ở tên tệp"),
    ):
        with page.expect_file_chooser() as chooser:
            attach.click()
        chooser.value.set_files(chosen)  # type: ignore[arg-type]
        expect(error).to_contain_text(sentence)
    assert portal.asked["POST /webhooks/web/files"] == 1
    assert str(error.get_attribute("id")) in str(field(page).get_attribute("aria-describedby"))


def test_a_person_is_always_one_press_away(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    panel(page).get_by_role("button", name="Gặp cán bộ").click()
    expect(messages(page, "citizen").last).to_contain_text("Gặp cán bộ")
    contact = panel(page).locator(".contact")
    expect(contact.get_by_role("link")).to_have_attribute("href", "tel:1900558826")
    expect(contact).to_contain_text("Nên gọi hỏi trước khi đi")


def test_a_dossier_is_looked_up_by_its_code(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    panel(page).get_by_role("button", name="Tra cứu hồ sơ").click()
    expect(sheet(page)).to_contain_text("Xin đừng gửi số căn cước")
    sheet(page).get_by_label("Mã hồ sơ").fill(" h49.22-261121-0001 ")
    sheet(page).get_by_role("button", name="Tra cứu hồ sơ").click()
    expect(messages(page, "citizen").last).to_contain_text("Tra cứu hồ sơ H49.22-261121-0001")


def test_a_thumb_down_carries_its_reason_and_is_remembered(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    ask(page, "xin chào")
    bad = messages(page).last.get_by_role("button", name="Câu trả lời chưa được")
    bad.click()
    page.get_by_role("radio", name="Thông tin đã cũ").check()
    messages(page).last.get_by_role("button", name="Gửi").click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    assert portal.feedback == [{"seq": 2, "kind": "thumb", "score": -1, "reason": "outdated"}]
    page.reload()
    open_panel(page)
    expect(bad).to_have_attribute("aria-pressed", "true")


def test_a_visit_is_rated_in_three_grades_with_a_reason(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    choose(page, "Đánh giá")
    sheet(page).get_by_role("button", name="Gửi đánh giá").click()
    expect(sheet(page).get_by_role("alert").first).to_have_text("Anh/chị chọn một mức đánh giá.")
    expect(sheet(page).get_by_text("Chưa được ở điểm nào?")).to_be_hidden()
    sheet(page).get_by_role("radio", name="Bình thường").check()
    sheet(page).get_by_role("radio", name="Khó hiểu").check()
    sheet(page).get_by_role("button", name="Gửi đánh giá").click()
    expect(sheet(page)).to_contain_text("Cảm ơn")
    assert portal.feedback == [{"kind": "visit", "score": 2, "reason": "unclear"}]


def test_a_conversation_goes_on_elsewhere_only_when_asked(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    choose(page, "Tiếp tục trên Zalo")
    assert not portal.asked["POST /webhooks/web/link"]
    sheet(page).get_by_role("button", name="Lấy mã").click()
    expect(sheet(page)).to_contain_text(script.LINK["code"])
    expect(sheet(page)).to_contain_text("trong 10 phút")
    expect(sheet(page).get_by_role("link", name="Mở bằng Telegram")).to_have_attribute(
        "href", script.LINK["telegram"]
    )
    expect(sheet(page).get_by_role("img", name="Mã QR").locator("path")).to_have_attribute(
        "d", re.compile("^M2 2.5h7")
    )
    sheet(page).get_by_role("button", name="Bắt đầu mới ở đây").click()
    expect(sheet(page)).to_have_count(0)
    expect(messages(page)).to_have_count(1)
    assert len(portal.talks) == 1 and portal.asked["DELETE /webhooks/web/link"] == 1


def test_the_conversation_can_be_taken_away_as_text(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "đăng ký khai sinh")
    with page.expect_download() as download:
        choose(page, "Tải cuộc trò chuyện")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert re.fullmatch(r"tro-ly-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    for part in (
        "Trợ lý dịch vụ công",
        "Anh/chị, ",
        "đăng ký khai sinh",
        "☐ Tờ khai",
        "ngày 21/11/2026",
        script.SOURCE,
    ):
        assert part in text


def test_a_checklist_and_the_conversation_can_be_printed(visit: Visit, context: BrowserContext) -> None:
    context.add_init_script(
        "window.print = () => (window.top.printed = [document.title, document.body.innerText]);"
    )
    page = visit()
    open_panel(page)
    ask(page, "đăng ký khai sinh")
    page.get_by_role("checkbox", name="Giấy chứng sinh").check()
    page.get_by_role("button", name="In danh mục này").click()
    title, text = until(page, "() => window.printed")
    assert "☑ Giấy chứng sinh" in text and "☐ Tờ khai" in text and "21/11/2026" in text
    page.evaluate("window.printed = undefined")
    choose(page, "In cuộc trò chuyện")
    title, text = until(page, "() => window.printed")
    assert title.startswith("Trợ lý") and "đăng ký khai sinh" in text and "Hỏi thủ tục" not in text


def test_another_site_embeds_it_by_one_tag(visit: Visit, context: BrowserContext, portal: Portal) -> None:
    """There the cookie does not travel: the token does, for the stream as well."""
    page = visit()
    page.goto(f"{portal.url}elsewhere")
    open_panel(page)
    ask(page, "xin chào")
    page.reload()
    open_panel(page)
    expect(messages(page, "citizen")).to_have_count(1)
    other = visit()
    other.goto(f"{portal.url}elsewhere")
    open_panel(other)
    ask(other, "từ thẻ kia")
    expect(messages(page, "citizen")).to_have_count(2)
    assert len(portal.talks) == 1


def test_the_search_field_of_the_portal_hands_over_to_the_assistant(visit: Visit, portal: Portal) -> None:
    page = visit()
    page.get_by_role("searchbox").fill("sang tên sổ đỏ")
    page.get_by_role("searchbox").press("Enter")
    expect(field(page)).to_have_value("sang tên sổ đỏ")
    expect(field(page)).to_be_focused()
    assert portal.bodies == []
    expect(page.locator("body")).to_contain_text("Trang minh hoạ")
