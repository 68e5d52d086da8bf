"""A whole conversation: who saw it is recorded, and staff may step in."""

from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.said import Said
from bot.handoffs import desk as handoffs
from bot.handoffs.states import Cause, State
from bot.staff.roles import Role
from tests.console.citizens import claim, wait, write
from tests.console.desk import Desk


def test_staff_step_in_and_only_one_of_them(any_desk: Desk) -> None:
    """Whoever sees a citizen go astray must not have to wait until they ask for a person."""
    here = write(any_desk, "lan", "Tôi không hiểu")
    any_desk.hire("minh", Role.AGENT)
    any_desk.enter("minh")
    path = f"/console/conversations/{here}"
    assert "Tham gia hỗ trợ" in any_desk.client.get(path).text
    assert any_desk.log()[0].action == "conversation_seen"
    taken = any_desk.post(f"{path}/step-in").headers["location"]
    assert taken == "/console/talk/1?done=claimed"
    with any_desk.engine.connect() as connection:
        found = handoffs.find(connection, 1)
    assert found is not None and (found.state, found.cause) == (State.HELD, Cause.STAFF)
    recorded = any_desk.log()[0]
    assert (recorded.action, recorded.detail) == ("claimed", {"handoff": 1, "stepped_in": True})
    any_desk.hire("hoa", Role.AGENT)
    other = any_desk.browser()
    any_desk.enter("hoa", client=other)
    assert any_desk.post(f"{path}/step-in", client=other).headers["location"].endswith("?fault=claimed")


def test_who_reviews_reads_but_does_not_step_in(desk: Desk) -> None:
    opened = wait(desk)
    claim(desk, opened, desk.hire("minh", Role.AGENT))
    desk.hire("hoa", Role.EDITOR)
    desk.enter("hoa")
    path = f"/console/conversations/{opened.conversation_id}"
    page = desk.client.get(path).text
    assert "Tôi muốn gặp cán bộ" in page and "Tham gia hỗ trợ" not in page
    assert desk.post(f"{path}/step-in").status_code == 403


def test_a_long_conversation_is_read_in_parts(desk: Desk) -> None:
    """The newest messages come first into view, and none is out of reach."""
    desk.hire("minh", Role.AGENT)
    here = write(desk, "lan", "tin nhắn thứ 1.")
    with desk.engine.begin() as connection:
        for number in range(2, 206):
            author = Author.CITIZEN if number % 2 else Author.ASSISTANT
            append(connection, here, Entry(0, author, Channel.WEB, Said(f"tin nhắn thứ {number}."), desk.now))
    desk.enter("minh")
    path = f"/console/conversations/{here}"
    newest = desk.client.get(path).text
    assert "thứ 6." in newest and "thứ 205." in newest and "thứ 5." not in newest and "?before=6" in newest
    oldest = desk.client.get(f"{path}?before=6").text
    assert "thứ 1." in oldest and "thứ 5." in oldest and "thứ 6." not in oldest
    assert "Về tin nhắn mới nhất" in oldest


def test_what_is_not_there_ends_in_a_sentence(desk: Desk) -> None:
    desk.hire("minh", Role.AGENT)
    desk.enter("minh")
    for path in (
        "/console/conversations/nothing",
        "/console/talk/999",
        "/console/talk/999999999999999999999",
    ):
        assert desk.client.get(path).status_code == 404
