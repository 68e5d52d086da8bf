"""Talking with a citizen: only who holds it speaks, once, and every deed is recorded with it."""

import asyncio
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.answers.outcome import Outcome
from bot.answers.phrase import SourceRef
from bot.console.advice import Advice, Asked
from bot.console.lack import Lack
from bot.console.talk import Talk
from bot.conversations.channel import Author, Channel
from bot.conversations.erasing import Scope, erase_words
from bot.conversations.log import Entry, append
from bot.conversations.said import FileRef, Said
from bot.conversations.turns import Dated, Facts, record_turn
from bot.gateways.vault import open_vault
from bot.handoffs import desk as handoffs
from bot.handoffs import talking
from bot.handoffs.erasing import erase_handoffs
from bot.handoffs.record import Handoff
from bot.handoffs.states import Ending, State
from bot.handoffs.tables import canned_reply, staff_message
from bot.staff.actions import Action
from bot.staff.roles import Role
from tests.console.citizens import claim, now_of, wait, write
from tests.console.desk import Desk, hidden
from tests.console.test_live import visitor


def seated(desk: Desk, *roles: Role, **wanted: Any) -> Handoff:
    """A citizen, held by "minh", who has entered."""
    account = desk.hire("minh", *(roles or (Role.AGENT,)))
    opened = wait(desk, **wanted)
    claim(desk, opened, account)
    desk.enter("minh")
    return opened


def queued(desk: Desk) -> list[tuple[str, bool]]:
    with desk.engine.connect() as connection:
        query = select(staff_message.c.text, staff_message.c.suggested).order_by(staff_message.c.id)
        return [(row.text, row.suggested) for row in connection.execute(query)]


def say(desk: Desk, opened: Handoff, text: str, client_id: str = "c1") -> Any:
    return desk.post(f"/console/talk/{opened.id}/say", text=text, client_id=client_id)


def test_the_conversation_is_read_with_its_authors_files_and_sources(any_desk: Desk) -> None:
    """Whoever takes over must not ask again what was said before."""
    opened = seated(any_desk, text="Lệ phí <khai sinh> bao nhiêu?")
    facts = Facts("ask_fee", 0.9, "answered", "9.999999", sources=(Dated("9.999999", "2025-07-01"),))
    with any_desk.engine.begin() as connection:
        said = Said("Miễn lệ phí", files=(FileRef("r", "to-khai.pdf", 2048, "application/pdf"),))
        here = opened.conversation_id
        seq = append(connection, here, Entry(0, Author.ASSISTANT, Channel.WEB, said, any_desk.now))
        record_turn(connection, here, "m1", 1, seq, Channel.WEB, facts, True, any_desk.now)
    page = any_desk.client.get(f"/console/talk/{opened.id}").text
    assert "Lệ phí &lt;khai sinh&gt; bao nhiêu?" in page
    for text in ("Công dân", "Trợ lý", "to-khai.pdf (2 KB)", "Đã trả lời", "9.999999, 01/07/2025"):
        assert text in page
    seen = any_desk.log()[0]
    assert (seen.action, seen.object) == ("conversation_seen", f"conversation:{opened.conversation_id}")


def test_a_claim_is_recorded_and_the_second_learns_who_has_it(any_desk: Desk) -> None:
    """Two people answering one citizen contradict each other."""
    opened = wait(any_desk)
    any_desk.hire("minh", Role.AGENT)
    any_desk.hire("hoa", Role.AGENT)
    other = any_desk.browser()
    any_desk.enter("minh")
    any_desk.enter("hoa", client=other)
    path = f"/console/talk/{opened.id}/claim"
    assert any_desk.post(path).headers["location"].endswith("?done=claimed")
    assert any_desk.log()[0].action == Action.CLAIMED.value
    lost = any_desk.post(path, client=other)
    assert lost.headers["location"].endswith("?fault=claimed")
    page = other.get(lost.headers["location"]).text
    assert "Cán bộ minh đang giữ hội thoại này" in page and 'name="text"' not in page.split("note")[0]
    assert [entry.action for entry in any_desk.log()].count("claimed") == 1


def test_what_is_sent_is_queued_once(any_desk: Desk) -> None:
    """Pressing twice must not say it twice, and must not look like a failure."""
    opened = seated(any_desk)
    assert say(any_desk, opened, "Chào bà\nTôi xem ngay").status_code == 303
    assert say(any_desk, opened, "Chào bà\nTôi xem ngay").status_code == 303
    assert queued(any_desk) == [("Chào bà\nTôi xem ngay", False)]
    replied = [entry for entry in any_desk.log() if entry.action == "replied"]
    assert [entry.detail for entry in replied] == [
        {"handoff": opened.id, "suggested": False, "characters": 20}
    ]
    assert "Đang gửi…" in any_desk.client.get(f"/console/talk/{opened.id}").text


def test_what_the_citizen_did_not_get_says_why(desk: Desk) -> None:
    """Whoever believes it arrived waits for an answer that cannot come."""
    opened = seated(desk)
    say(desk, opened, "Chào bà", "a")
    say(desk, opened, "Bà còn đó không?", "b")
    with desk.engine.begin() as connection:
        talking.refuse(connection, 1, "blocked")
        talking.refuse(connection, 2, "something new")
    page = desk.client.get(f"/console/talk/{opened.id}").text
    assert "công dân đã chặn" in page and "lỗi đường truyền" in page


def test_what_may_not_be_sent_stays_in_the_box_with_the_reason(desk: Desk) -> None:
    opened = seated(desk)
    for text, why in (("", "Xin nhập"), ("x" * 2001, "2.000 ký tự"), ("Phí: [……]", "chỗ trống")):
        refused = say(desk, opened, text)
        assert refused.status_code == 422 and why in refused.text and f">{text}</textarea>" in refused.text
    assert queued(desk) == []


def test_only_who_holds_it_speaks(desk: Desk) -> None:
    """A citizen hears one person at a time."""
    opened = seated(desk)
    with desk.engine.begin() as connection:
        handoffs.release(connection, opened.id, 1, desk.now)
    refused = say(desk, opened, "Chào bà")
    assert refused.status_code == 422 and "không còn giữ" in refused.text and queued(desk) == []
    assert ">Chào bà</textarea>" in refused.text
    assert "replied" not in [entry.action for entry in desk.log()]


def test_a_script_gets_a_sentence(desk: Desk) -> None:
    opened = seated(desk)
    token = hidden(desk.client.get("/console/me").text, "csrf")
    headers = {"Accept": "application/json", "X-CSRF": token}
    path = f"/console/talk/{opened.id}/say"
    good = desk.client.post(
        path, data={"text": "Chào", "client_id": "a", "suggested": "yes"}, headers=headers
    )
    assert (good.status_code, good.json()) == (200, {"problem": ""})
    bad = desk.client.post(path, data={"text": " ", "client_id": "b"}, headers=headers)
    assert (bad.status_code, bad.json()) == (422, {"problem": "Xin nhập nội dung trả lời."})
    assert queued(desk) == [("Chào", True)]


def test_release_forward_and_end_are_recorded(any_desk: Desk) -> None:
    opened = seated(any_desk)
    hoa = any_desk.hire("hoa", Role.AGENT)
    base = f"/console/talk/{opened.id}"
    assert (
        any_desk.post(f"{base}/forward", to=hoa.id, comment="").headers["location"].endswith("fault=forward")
    )
    assert (
        "queue?done=forwarded"
        in any_desk.post(f"{base}/forward", to=hoa.id, comment="Chị rành hộ tịch").headers["location"]
    )
    given = now_of(any_desk, opened)
    assert (given.state, given.holder_id) == (State.WAITING, hoa.id)
    page = any_desk.client.get(base).text
    assert "đã được chuyển cho Cán bộ hoa" in page and "Chị rành hộ tịch" in page
    assert any_desk.post(f"{base}/release").headers["location"].endswith("fault=lost")
    with any_desk.engine.begin() as connection:
        handoffs.release(connection, opened.id, hoa.id, any_desk.now)
    any_desk.post(f"{base}/claim")
    assert any_desk.post(f"{base}/end", ending="citizen_left").headers["location"].endswith("fault=ending")
    any_desk.post(f"{base}/end", ending="solved", comment="Xong")
    assert now_of(any_desk, opened).ending is Ending.SOLVED
    assert "Đã đóng lúc" in any_desk.client.get(base).text
    deeds = [entry.action for entry in any_desk.log() if entry.action != "conversation_seen"]
    assert deeds[:3] == ["closed", "claimed", "forwarded"]


def test_who_steers_takes_a_conversation_back(desk: Desk) -> None:
    """Somebody who went home must not keep a citizen waiting."""
    opened = wait(desk)
    claim(desk, opened, desk.hire("hoa", Role.AGENT))
    minh = desk.hire("minh", Role.SUPERVISOR)
    desk.enter("minh")
    assert desk.post(f"/console/talk/{opened.id}/claim").headers["location"].endswith("fault=claimed")
    desk.post(f"/console/talk/{opened.id}/claim", take="yes")
    assert now_of(desk, opened).holder_id == minh.id
    assert desk.log()[0].detail == {"handoff": opened.id, "taken": True}


def test_notes_are_kept_masked_and_for_staff(desk: Desk) -> None:
    opened = seated(desk)
    desk.post(f"/console/talk/{opened.id}/note", text="Gọi lại 0987654321 sau 14 giờ")
    page = desk.client.get(f"/console/talk/{opened.id}").text
    assert "098****321" in page and "0987654321" not in page
    assert "noted" in [entry.action for entry in desk.log()]


def test_a_contact_is_shown_to_the_holder_after_asking_and_recorded(desk: Desk) -> None:
    """A telephone number is not read by everybody who looks in."""
    opened = wait(desk)
    sealed = open_vault(desk.settings).seal(b"0987 654 321").decode()
    account = desk.hire("minh", Role.AGENT)
    desk.hire("hoa", Role.SUPERVISOR)
    with desk.engine.begin() as connection:
        handoffs.leave_contact(connection, opened.id, sealed, desk.now)
    claim(desk, opened, account)
    desk.enter("minh")
    other = desk.browser()
    desk.enter("hoa", client=other)
    base = f"/console/talk/{opened.id}"
    assert "0987 654 321" not in desk.client.get(base).text and "Hiện liên hệ" in desk.client.get(base).text
    assert desk.post(f"{base}/contact", client=other).headers["location"].endswith("fault=contact")
    assert "unmasked" not in [entry.action for entry in desk.log()]
    assert "0987 654 321" in desk.post(f"{base}/contact").text
    assert [entry.action for entry in desk.log()][:2] == ["conversation_seen", "unmasked"]


def test_an_erased_conversation_ends_in_a_sentence(desk: Desk) -> None:
    opened = seated(desk)
    with desk.engine.begin() as connection:
        erase_handoffs(connection, opened.conversation_id)
        erase_words(connection, opened.conversation_id, desk.now, b"k", Scope.CITIZEN)
    base = f"/console/talk/{opened.id}"
    for given in (desk.client.get(base), say(desk, opened, "Chào"), desk.post(f"{base}/claim")):
        assert given.status_code == 404 and "Hội thoại này không còn" in given.text
    page = desk.client.get(f"/console/conversations/{opened.conversation_id}")
    assert page.status_code == 404 and "Hội thoại này không còn" in page.text


def test_a_stream_needs_a_page_that_was_opened(desk: Desk) -> None:
    """Reading along without an entry in the audit log would be reading unseen."""
    opened = seated(desk)
    for ticket in ("", "nothing"):
        assert desk.client.get(f"/console/talk/{opened.id}/events?ticket={ticket}").status_code == 403
    page = desk.client.get(f"/console/talk/{opened.id}").text
    assert re.search(rf'data-live="/console/talk/{opened.id}/events\?ticket=[\w=-]+"', page)


def test_ready_replies_know_the_hotline_and_leave_gaps(desk: Desk) -> None:
    opened = seated(desk)
    with desk.engine.begin() as connection:
        row = {"shortcut": "goi", "title": "Gọi", "text": "Mời {name} gọi {hotline}: {fee}"}
        connection.execute(insert(canned_reply).values(**row, active=True, changed_at=desk.now))
    page = desk.client.get(f"/console/talk/{opened.id}?ready=goi").text
    filled = "Mời anh/chị gọi 1900 558 826: [……]"
    assert f'data-text="{filled}"' in page and f">{filled}</textarea>" in page


class Fixed:
    """Suggests the same always."""

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.asked: list[Asked] = []

    async def advise(self, asked: Asked) -> Advice:
        self.asked.append(asked)
        return self.advice


def test_a_suggestion_shows_its_source_and_date(desk: Desk) -> None:
    """What is sent with one key must be checked before."""
    source = SourceRef("1.001193", "Cổng dịch vụ công", "https://example.vn/1", date(2025, 7, 1))
    fixed = desk.app.state.adviser = Fixed(Advice(1, "Miễn lệ phí.", Outcome.ANSWERED, (source,)))
    opened = seated(desk, text="Lệ phí khai sinh?", procedure_code="1.001193")
    write(desk, "lan", "Tôi tìm", Author.ASSISTANT)
    page = desk.client.get(f"/console/talk/{opened.id}?advice=yes").text
    for text in ("Miễn lệ phí.", "Cổng dịch vụ công (1.001193)", "01/07/2025"):
        assert text in page
    [asked] = fixed.asked
    assert (asked.seq, asked.text, asked.procedure_code) == (1, "Lệ phí khai sinh?", "1.001193")
    assert asked.today == date(2026, 11, 22)


@pytest.mark.parametrize("lack", Lack)
def test_without_a_suggestion_a_sentence_says_why(desk: Desk, lack: Lack) -> None:
    desk.app.state.adviser = Fixed(Advice(1, lack=lack))
    opened = seated(desk)
    page = desk.client.get(f"/console/talk/{opened.id}?advice=yes").text
    assert desk.app.state.console.texts.name(lack) in page


def test_the_live_page_suggests_once_for_each_message(desk: Desk) -> None:
    """Each drawing would compute the same answer again, and the text would change under the reader's eyes."""
    fixed = Fixed(Advice(1, "Miễn lệ phí.", Outcome.ANSWERED))
    opened = seated(desk, text="")
    watched = Talk(desk.app.state.console, visitor(desk), fixed, opened.id, [])
    first = asyncio.run(watched.afterthought())
    assert first is not None and "chưa gửi nội dung" in first["advice"] and fixed.asked == []
    write(desk, "lan", "Lệ phí khai sinh?")
    second = asyncio.run(watched.afterthought())
    assert second is not None and "Miễn lệ phí." in second["advice"]
    assert asyncio.run(watched.afterthought()) is None and len(fixed.asked) == 1


def test_the_live_page_draws_its_parts(any_desk: Desk) -> None:
    opened = seated(any_desk, text="Lệ phí khai sinh?")
    watched = Talk(any_desk.app.state.console, visitor(any_desk), Fixed(Advice(1)), opened.id, [])
    with any_desk.engine.begin() as connection:
        before, drawn = watched.mark(connection), watched.draw(connection)
    assert "Lệ phí khai sinh?" in drawn["thread"] and drawn["mine"] is True and drawn["waiting"] == 0
    say(any_desk, opened, "Chào bà")
    with any_desk.engine.begin() as connection:
        assert watched.mark(connection) != before and "Chào bà" in watched.draw(connection)["thread"]
