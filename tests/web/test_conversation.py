"""What citizens would lose: their words, the answers, their conversation."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.web import script
from tests.web.citizen import ask, choose, field, launcher, messages, open_panel, panel, sheet, until
from tests.web.conftest import Visit
from tests.web.portal import Portal

POST = "POST /webhooks/web/messages"


def ids(portal: Portal) -> list[str]:
    return [body["client_msg_id"] for body in portal.bodies]


def test_the_greeting_says_that_a_machine_answers_and_what_happens_to_data(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    expect(messages(page).first).to_contain_text("Đây là trợ lý tự động")
    expect(messages(page, "system").first).to_contain_text("Xin đừng gửi số căn cước")
    expect(panel(page).locator(".head")).to_contain_text("không phải cán bộ")


def test_an_answer_shows_its_source_date_and_papers(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "đăng ký khai sinh")
    answer = messages(page).last
    expect(answer.locator(".sources")).to_contain_text("ngày 21/11/2026")
    expect(answer.get_by_role("link", name="Cổng Dịch vụ công quốc gia")).to_have_attribute(
        "href", script.SOURCE
    )
    expect(answer.get_by_role("checkbox")).to_have_count(3)
    # a source with an address that is not https is shown, but leads nowhere
    expect(answer.locator(".sources li").last).to_have_text("Giả mạo")
    assert answer.locator("a[href^=javascript]").count() == 0


def test_ticks_history_and_draft_are_there_after_a_page_change(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    ask(page, "đăng ký khai sinh")
    page.get_by_role("checkbox", name="Giấy chứng sinh").check()
    field(page).fill("đang viết dở")
    page.goto(f"{portal.url}index.html")
    open_panel(page)
    expect(messages(page, "citizen")).to_have_text(re.compile("đăng ký khai sinh"))
    expect(page.get_by_role("checkbox", name="Giấy chứng sinh")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Tờ khai")).not_to_be_checked()
    expect(panel(page).locator(".count").first).to_have_text("(đã có 1/3)")
    expect(field(page)).to_have_value("đang viết dở")
    assert len(portal.talks) == 1


def test_quick_replies_stay_as_text_once_used(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(messages(page)).to_have_count(2)
    expect(page.get_by_role("button", name="Đăng ký khai sinh")).to_have_count(0)
    expect(messages(page).first.locator(".used.taken")).to_contain_text("Đăng ký khai sinh")
    assert portal.bodies[0]["button"] == "b-birth" and "text" not in portal.bodies[0]
    page.reload()
    open_panel(page)
    expect(messages(page).first.locator(".used")).to_have_count(2)
    expect(messages(page).last.get_by_role("button", name="Nộp ở đâu?")).to_be_enabled()


def test_a_double_click_sends_once_and_begins_one_conversation(visit: Visit, portal: Portal) -> None:
    page = visit()
    launcher(page).evaluate("button => { button.click(); }")
    expect(messages(page)).to_have_count(1)
    page.get_by_role("button", name="Sang tên sổ đỏ").evaluate(
        "button => { button.click(); button.click(); }"
    )
    field(page).fill("xin chào")
    panel(page).get_by_role("button", name="Gửi", exact=True).dblclick()
    expect(messages(page)).to_have_count(3)
    assert len(portal.talks) == 1 and len(set(ids(portal))) == len(portal.bodies) == 2


def test_what_is_written_without_network_is_sent_once_when_it_is_back(
    visit: Visit, context: BrowserContext, portal: Portal
) -> None:
    page = visit()
    open_panel(page)
    context.set_offline(True)
    field(page).fill("thứ nhất")
    field(page).press("Enter")
    field(page).fill("thứ hai")
    field(page).press("Enter")
    expect(panel(page).locator(".notice")).to_contain_text("Mất kết nối mạng")
    expect(messages(page, "citizen").last).to_contain_text("sẽ tự gửi lại")
    context.set_offline(False)
    expect(messages(page)).to_have_count(3)
    expect(panel(page).locator(".notice")).to_have_count(0)
    said = [
        message["text"]
        for talk in portal.talks.values()
        for message in talk.messages
        if message["author"] == "citizen"
    ]
    assert said == ["thứ nhất", "thứ hai"]
    expect(messages(page, "citizen")).to_have_count(2)


def test_a_message_whose_receipt_was_lost_is_sent_again_as_the_same(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    portal.swallow_acks = 1
    ask(page, "chỉ một lần")
    until(page, "() => !Object.keys(sessionStorage).some((key) => key.includes('outgoing'))")
    assert portal.asked[POST] == 2 and len(set(ids(portal))) == 1
    expect(messages(page, "citizen")).to_have_count(1)


def test_what_waits_survives_a_reload(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    page.route("**/webhooks/web/messages", lambda route: route.abort())
    field(page).fill("còn chờ")
    field(page).press("Enter")
    expect(messages(page, "citizen")).to_contain_text("còn chờ")
    page.unroute("**/webhooks/web/messages")
    page.reload()
    open_panel(page)
    expect(messages(page)).to_have_count(2)
    assert portal.bodies[0]["text"] == "còn chờ"


def test_who_writes_too_fast_is_told_and_served_later(visit: Visit, portal: Portal) -> None:
    page = visit()
    open_panel(page)
    portal.too_fast = 1
    field(page).fill("nhanh quá")
    field(page).press("Enter")
    expect(panel(page).locator(".notice")).to_contain_text("hơi nhanh")
    expect(messages(page)).to_have_count(2)


def test_a_refused_message_tells_why_and_holds_up_nothing(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    field(page).fill("quá dài")
    field(page).press("Enter")
    expect(messages(page, "citizen").first.get_by_role("alert")).to_have_text("Nội dung quá dài.")
    ask(page, "tiếp theo")


def test_two_tabs_show_the_same_conversation(visit: Visit, portal: Portal) -> None:
    first, second = visit(), visit()
    for page in (first, second):
        open_panel(page)
    ask(first, "từ thẻ thứ nhất")
    expect(messages(second, "citizen")).to_contain_text("từ thẻ thứ nhất")
    expect(messages(second)).to_have_count(2)
    ask(second, "từ thẻ thứ hai")
    expect(messages(first)).to_have_count(3)
    assert len(portal.talks) == 1


def test_answers_come_by_polling_where_streams_do_not_get_through(visit: Visit, portal: Portal) -> None:
    portal.streams_fail = True
    page = visit()
    page.clock.install()
    open_panel(page)
    field(page).fill("xin chào")
    field(page).press("Enter")
    for _ in range(5):
        page.clock.fast_forward(4000)
    expect(messages(page)).to_have_count(2)


def test_unread_answers_are_counted_on_the_launcher(visit: Visit, portal: Portal) -> None:
    portal.answer_seconds = 0.25
    page = visit()
    open_panel(page)
    field(page).fill("xin chào")
    field(page).press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#badge")).to_have_text("1")
    expect(launcher(page)).to_have_accessible_name("Hỏi thủ tục: mở trợ lý tự động, 1 tin nhắn chưa đọc")
    page.reload()
    expect(page.locator("#badge")).to_have_text("1")
    open_panel(page)
    expect(page.locator("#badge")).to_be_hidden()


def test_an_erased_conversation_is_gone_in_every_tab(visit: Visit, portal: Portal) -> None:
    page, other = visit(), visit()
    for tab in (page, other):
        open_panel(tab)
    ask(page, "hãy quên tôi")
    choose(page, "Xóa cuộc trò chuyện")
    sheet(page).get_by_role("button", name="Không xóa").click()
    expect(messages(page, "citizen")).to_have_count(1)
    choose(page, "Xóa cuộc trò chuyện")
    sheet(page).get_by_role("button", name="Xóa", exact=True).click()
    for tab in (page, other):
        expect(panel(tab).locator(".notice")).to_contain_text("đã được xóa")
        expect(messages(tab, "citizen")).to_have_count(0)
    panel(page).get_by_role("button", name="Bắt đầu cuộc trò chuyện mới").click()
    expect(messages(page)).to_have_count(1)
    ask(page, "chào lại")
    expect(messages(other, "citizen")).to_contain_text("chào lại")


def test_the_end_of_a_session_is_announced_and_can_be_put_off(visit: Visit, portal: Portal) -> None:
    page = visit()
    page.clock.install()
    open_panel(page)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.clock.fast_forward(86400_000 - 110_000)
    notice = panel(page).locator(".notice[data-name=time]")
    expect(notice).to_contain_text("hết hạn sau 2 phút")
    notice.get_by_role("button", name="Tiếp tục phiên này").click()
    expect(notice).to_have_count(0)
    assert portal.asked["POST /webhooks/web/session"] == 2


def hostile(page: Page) -> bool:
    found: bool = page.evaluate("'broken' in window")
    return found


def test_markup_stays_text(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, f"lạ {script.HOSTILE}")
    expect(messages(page).last.locator(".bubble > p")).to_have_text(script.HOSTILE)
    expect(messages(page).last.get_by_role("button", name="<img")).to_have_count(1)
    assert not hostile(page)


def test_links_are_those_of_the_server_and_https(visit: Visit) -> None:
    page = visit()
    open_panel(page)
    ask(page, "nguồn nào?")
    links = messages(page).last.locator(".bubble > p a")
    expect(links).to_have_count(1)
    expect(links).to_have_text(script.SOURCE)
    expect(links).to_have_attribute("rel", "noopener noreferrer")
