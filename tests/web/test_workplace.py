"""The workplace of those who talk with citizens, in a real browser."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bot.answers.outcome import Outcome
from bot.answers.phrase import SourceRef
from bot.console.advice import Advice
from bot.conversations.channel import Author, Channel
from bot.conversations.erasing import Scope, erase_words
from bot.conversations.log import Entry, append
from bot.conversations.people import meet
from bot.conversations.said import FileRef, Said
from bot.conversations.turns import Dated, Facts, record_turn
from bot.handoffs import approvals, topics
from bot.handoffs import desk as handoffs
from bot.handoffs.canned import load_canned
from bot.handoffs.erasing import erase_handoffs
from bot.handoffs.notes import add_note
from bot.handoffs.states import Urgency
from bot.handoffs.tables import staff_message
from bot.handoffs.topics import Kind
from bot.staff.roles import Role
from tests.conftest import ROOT
from tests.console.citizens import claim, wait, write
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.console.test_talk import Fixed
from tests.web.test_console import SIZES, check, enter, office  # noqa: F401

ADVICE = Advice(
    1,
    "Đăng ký khai sinh đúng hạn được miễn lệ phí.\nMã thủ tục: 1.001193",
    Outcome.ANSWERED,
    (SourceRef("1.001193", "Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/1", date(2025, 7, 1)),),
)


def keep(page: Page, name: str) -> None:
    """Pictures of a page for whoever wants to look, where the folder is named in the environment."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def staffed(at: Desk) -> None:
    """Two colleagues, ready-made replies and an assistant."""
    at.hire("hoa", Role.AGENT)
    with at.engine.begin() as connection:
        load_canned(connection, ROOT / "data" / "console" / "canned.yaml", at.now)
    at.app.state.adviser = Fixed(ADVICE)


def sent(at: Desk) -> list[tuple[str, bool]]:
    with at.engine.connect() as connection:
        query = select(staff_message.c.text, staff_message.c.suggested).order_by(staff_message.c.id)
        return [(row.text, row.suggested) for row in connection.execute(query)]


def test_the_queue_grows_by_itself_and_is_claimed_by_a_key(office: tuple[Desk, Page]) -> None:  # noqa: F811
    """Nobody presses reload all day; a citizen in danger must be seen at once."""
    at, _ = office
    at.hire("minh", Role.AGENT)
    hoa = at.hire("hoa", Role.AGENT)
    wait(at, "a", "Hồ sơ của tôi đã quá hẹn trả hai tuần mà chưa có ai trả lời", Urgency.OVERDUE)
    claim(at, wait(at, "b", "Cho tôi gặp cán bộ"), hoa)
    at.now += 400
    page = enter(office, "minh")
    page.keyboard.type("gq")
    expect(page.get_by_role("listitem").filter(has_text="quá hẹn trả")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) Hàng chờ"))
    wait(at, "c", "Có người lấy căn cước của tôi đi vay tiền", Urgency.SAFETY)
    expect(page.get_by_text("Khẩn cấp")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(2\)"))
    expect(page.locator("#live-told")).to_have_text("Có hội thoại hoặc tin nhắn mới.")
    check(page)
    keep(page, "queue")
    page.keyboard.type("3")
    expect(page).to_have_url(re.compile("view=others"))
    expect(page.get_by_text("Cán bộ: Cán bộ hoa")).to_be_visible()
    check(page)
    page.keyboard.type("1")
    page.get_by_text("lấy căn cước").wait_for()
    page.keyboard.type("c")
    expect(page).to_have_url(re.compile(r"/console/talk/\d+\?done=claimed$"))
    expect(page.get_by_text("Anh/chị đang hỗ trợ công dân")).to_be_visible()


def test_a_conversation_from_suggestion_to_end(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    minh = at.hire("minh", Role.AGENT)
    staffed(at)
    opened = wait(at, "lan", "Đăng ký khai sinh cho con hết bao nhiêu tiền?", procedure_code="1.001193")
    here = opened.conversation_id
    with at.engine.begin() as connection:
        files = (FileRef("r", "giấy chứng sinh.jpg", 245_000, "image/jpeg"),)
        said = Said("Tôi chưa rõ anh/chị hỏi thủ tục nào.", files=files)
        seq = append(connection, here, Entry(0, Author.ASSISTANT, Channel.WEB, said, at.now))
        facts = Facts("ask_fee", 0.41, "asked_back", "1.001193", sources=(Dated("1.001193", "2025-07-01"),))
        record_turn(connection, here, "m1", 1, seq, Channel.WEB, facts, True, at.now)
        add_note(connection, here, minh.id, "Công dân lớn tuổi, nên nói chậm", at.now)
    write(at, "lan", "Cho tôi gặp cán bộ")
    claim(at, opened, minh)
    page = enter(office, "minh")
    address = page.url.removesuffix("/console/")
    page.goto(f"{address}/console/talk/{opened.id}")
    expect(page.locator("#advice-text")).to_contain_text("miễn lệ phí")
    expect(page.get_by_role("link", name="Cổng Dịch vụ công quốc gia")).to_be_visible()
    check(page)
    keep(page, "talk")
    page.keyboard.press("Alt+a")
    expect(page.locator(".unsaid")).to_contain_text("miễn lệ phí")
    assert sent(at) == [(ADVICE.text, True)]
    write(at, "lan", "Con tôi sinh tháng trước")
    expect(page.get_by_text("Con tôi sinh tháng trước")).to_be_visible()
    expect(page.locator("#advice-text")).to_be_visible()
    page.keyboard.press("Alt+e")
    box = page.get_by_label("Trả lời công dân")
    expect(box).to_be_focused()
    expect(page.get_by_text("Dựa trên gợi ý của trợ lý")).to_be_visible()
    box.press("Control+End")
    box.type(" Chúc mừng gia đình!")
    box.press("Control+Enter")
    expect(box).to_have_value("")
    assert sent(at)[1] == (f"{ADVICE.text} Chúc mừng gia đình!", True)
    box.type("/le")
    expect(page.locator("#ready-found button")).to_have_count(1)
    check(page)
    box.press("Enter")
    expect(box).to_have_value(re.compile(r"\[……\]"))
    box.press("Control+Enter")
    expect(page.locator("#text-error")).to_contain_text("chỗ trống")
    check(page)
    assert len(sent(at)) == 2
    box.fill("x" * 2001)
    expect(page.locator("#text-count")).to_have_text("Còn -1 ký tự")
    box.fill("")
    page.locator("summary", has_text="Chuyển tiếp").click()
    page.locator("summary", has_text="Đóng hội thoại").click()
    check(page)
    keep(page, "talk-open")
    page.get_by_label("Đã giải quyết xong").check()
    page.get_by_role("button", name="Đóng hội thoại").click()
    expect(page.get_by_role("status").filter(has_text="Đã đóng hội thoại")).to_be_visible()
    expect(page).to_have_url(re.compile("view=mine"))


def test_what_is_erased_while_somebody_writes_ends_in_a_sentence(office: tuple[Desk, Page]) -> None:  # noqa: F811
    """A citizen may have everything erased at any moment."""
    at, _ = office
    minh = at.hire("minh", Role.AGENT)
    staffed(at)
    opened = wait(at)
    claim(at, opened, minh)
    page = enter(office, "minh")
    page.goto(f"{page.url.removesuffix('/console/')}/console/talk/{opened.id}")
    page.get_by_label("Trả lời công dân").fill("Chào bà")
    expect(page.locator("#live-away")).to_be_hidden()
    with at.engine.begin() as connection:
        erase_handoffs(connection, opened.conversation_id)
        erase_words(connection, opened.conversation_id, at.now, b"k", Scope.CITIZEN)
    expect(page.locator("#live-gone")).to_be_visible()
    expect(page.get_by_label("Trả lời công dân")).to_be_disabled()
    check(page)


def test_who_loses_a_conversation_cannot_go_on_writing(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    minh = at.hire("minh", Role.AGENT)
    staffed(at)
    opened = wait(at)
    claim(at, opened, minh)
    page = enter(office, "minh")
    page.goto(f"{page.url.removesuffix('/console/')}/console/talk/{opened.id}")
    expect(page.locator("#advice-text")).to_be_visible()
    with at.engine.begin() as connection:
        handoffs.release(connection, opened.id, 1, at.now, steering=True)
        handoffs.claim(connection, opened.id, 2, at.now + 1)
    expect(page.get_by_text("Cán bộ hoa đang giữ hội thoại này")).to_be_visible()
    expect(page.get_by_label("Trả lời công dân")).to_be_disabled()


@pytest.mark.parametrize("path", ["topics", "canned", "canned/new", "canned/le-phi", "queue?view=ended"])
def test_other_pages_of_a_supervisor(office: tuple[Desk, Page], path: str) -> None:  # noqa: F811
    at, _ = office
    at.hire("minh", Role.SUPERVISOR)
    staffed(at)
    with at.engine.begin() as connection:
        topics.set_topic(connection, Kind.INTENT, "ask_fee", "Phí vừa đổi từ 01/12", 1, at.now)
        topics.set_topic(connection, Kind.FIELD, "Hộ tịch", "Thử nghiệm", 1, at.now, active=False)
    page = enter(office, "minh")
    page.goto(f"{page.url}{path}")
    check(page)
    keep(page, re.sub(r"\W", "-", path))


def test_approving_an_answer(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("minh", Role.AGENT)
    here = write(at, "lan", "Lệ phí khai sinh bao nhiêu?")
    page = enter(office, "minh")
    page.goto(f"{page.url}approvals")
    check(page)
    with at.engine.begin() as connection:
        person = meet(connection, Channel.WEB, "lan", at.now)
        topics.set_topic(connection, Kind.INTENT, "ask_fee", "Phí vừa đổi", 1, at.now)
        [topic] = topics.topics(connection)
        replies = [{"text": "Miễn lệ phí.\nNguồn: Cổng Dịch vụ công quốc gia, 01/07/2025"}]
        approvals.propose(connection, here, person.id, topic, replies, at.now, at.now + 600)
    expect(page.locator("#approvals-changed")).to_be_visible()
    check(page)
    page.keyboard.press("u")
    expect(page.get_by_label("Câu trả lời của trợ lý")).to_have_value(re.compile("Miễn lệ phí"))
    check(page)
    keep(page, "approvals")
    page.get_by_role("button", name="Duyệt nguyên văn").click()
    expect(page.get_by_role("status").filter(has_text="Đã ghi nhận quyết định")).to_be_visible()


def test_a_whole_conversation_and_stepping_in(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("minh", Role.AGENT)
    here = write(at, "lan", "Tôi không hiểu câu trả lời này")
    page = enter(office, "minh")
    page.goto(f"{page.url}conversations/{here}")
    check(page)
    keep(page, "conversation")
    page.get_by_role("button", name="Tham gia hỗ trợ").click()
    expect(page.get_by_text("Anh/chị đang hỗ trợ công dân")).to_be_visible()
