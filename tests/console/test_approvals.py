"""Answers that wait for a decision: decided once, recorded, and said as decided."""

import html

from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.handoffs import approvals, topics
from bot.handoffs.approvals import Proposal, Standing
from bot.handoffs.topics import Kind
from bot.staff.roles import Role
from tests.console.citizens import write
from tests.console.desk import Desk

PAGE = "/console/approvals"
ANSWER = "Lệ phí: 8.000 đồng\n\nNguồn: cổng dịch vụ công"


def proposed(desk: Desk, text: str = "Lệ phí: 8.000 đồng") -> int:
    """An answer on a chosen topic; its id."""
    here = write(desk, "lan", "Lệ phí khai sinh?")
    with desk.engine.begin() as connection:
        person = meet(connection, Channel.WEB, "lan", desk.now)
        topics.set_topic(connection, Kind.INTENT, "ask_fee", "Phí vừa đổi", 1, desk.now)
        [topic] = topics.topics(connection)
        replies = [{"text": text}, {"text": "Nguồn: cổng dịch vụ công"}]
        return approvals.propose(connection, here, person.id, topic, replies, desk.now, desk.now + 600)


def now_of(desk: Desk, number: int) -> Proposal:
    with desk.engine.connect() as connection:
        found = approvals.find_proposal(connection, number)
    assert found is not None
    return found


def entered(desk: Desk) -> None:
    desk.hire("minh", Role.AGENT)
    desk.enter("minh")


def test_an_answer_is_shown_with_its_question_and_approved(any_desk: Desk) -> None:
    """Without the question nobody can tell whether the answer is right."""
    entered(any_desk)
    number = proposed(any_desk)
    page = html.unescape(any_desk.client.get(PAGE).text)
    assert "Lệ phí khai sinh?" in page and ANSWER in page
    assert "Loại câu hỏi: Hỏi phí, lệ phí" in page and "Còn 10 phút" in page
    done = any_desk.post(f"{PAGE}/{number}", decision="approve", text=ANSWER)
    assert done.headers["location"].endswith("?done=decision")
    found = now_of(any_desk, number)
    assert (found.standing, found.edited_text) == (Standing.APPROVED, None)
    assert any_desk.log()[0].detail == {"proposal": number, "decision": "approve", "topic": "intent:ask_fee"}
    assert "Không có câu trả lời nào chờ duyệt" in any_desk.client.get(PAGE).text


def test_what_was_decided_is_not_decided_again(desk: Desk) -> None:
    """Otherwise a citizen gets two answers that contradict each other."""
    entered(desk)
    number = proposed(desk)
    desk.post(f"{PAGE}/{number}", decision="refuse")
    again = desk.post(f"{PAGE}/{number}", decision="approve")
    assert again.headers["location"].endswith("?fault=decision")
    assert now_of(desk, number).standing is Standing.REFUSED
    assert [entry.action for entry in desk.log()].count("proposal_decided") == 1


def test_an_edited_answer_is_kept_and_a_bad_one_stays_in_the_box(desk: Desk) -> None:
    entered(desk)
    number = proposed(desk)
    refused = desk.post(f"{PAGE}/{number}", decision="edit", text="Phí [……]")
    assert (
        refused.status_code == 422 and "chỗ trống" in refused.text and ">Phí [……]</textarea>" in refused.text
    )
    desk.post(f"{PAGE}/{number}", decision="edit", text="Miễn\r\nlệ phí")
    found = now_of(desk, number)
    assert (found.standing, found.edited_text) == (Standing.EDITED, "Miễn\nlệ phí")


def test_what_somebody_changed_is_not_thrown_away_by_approving(desk: Desk) -> None:
    """They would believe the citizen got their correction."""
    entered(desk)
    number = proposed(desk)
    refused = desk.post(f"{PAGE}/{number}", decision="approve", text="Miễn lệ phí")
    assert refused.status_code == 422 and "đã được sửa" in refused.text and "Miễn lệ phí" in refused.text
    assert now_of(desk, number).standing is Standing.WAITING


def test_nonsense_is_answered_with_a_sentence(desk: Desk) -> None:
    entered(desk)
    for number, decision in ((1, "x"), (9, "approve"), (10**20, "approve")):
        given = desk.post(f"{PAGE}/{number}", decision=decision)
        assert given.headers["location"].endswith("?fault=decision")
