"""My own account: presence, password, sessions."""

from bot.staff import presence
from bot.staff.actions import Presence
from bot.staff.roles import Role
from tests.console.desk import PASSWORD, Desk, hidden

FRESH = "Đò ngang bến Chanh 63"


def test_presence_is_told_with_its_reason(any_desk: Desk) -> None:
    """Conversations must come to whoever is there, not to who went for lunch."""
    lan = any_desk.hire("lan", Role.AGENT)
    any_desk.enter("lan")
    assert "Vắng mặt" in any_desk.client.get("/console/").text
    told = any_desk.post("/console/me/presence", state="busy", reason="Họp giao ban")
    assert told.headers["location"] == "/console/me?done=presence"
    assert "Đã cập nhật trạng thái." in any_desk.client.get("/console/me?done=presence").text
    with any_desk.engine.connect() as connection:
        known = presence.of(connection, lan.id)
    assert known is not None and (known.state, known.reason) == (Presence.BUSY, "Họp giao ban")
    any_desk.post("/console/me/presence", state="here", reason="Họp giao ban")
    with any_desk.engine.connect() as connection:
        known = presence.of(connection, lan.id)
        assert presence.here(connection, any_desk.now) == [(lan.id, lan.name)]
    assert known is not None and (known.state, known.reason) == (Presence.HERE, "")


def test_a_presence_that_does_not_exist_is_refused(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    answer = desk.post("/console/me/presence", state="sleeping")
    assert answer.status_code == 422 and "không hợp lệ" in answer.text


def change(desk: Desk, current: str = PASSWORD, fresh: str = FRESH, again: str = FRESH) -> tuple[int, str]:
    token = hidden(desk.client.get("/console/me/password").text, "csrf")
    fields = {"csrf": token, "current": current, "fresh": fresh, "again": again}
    answer = desk.client.post("/console/me/password", data=fields)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_new_password_ends_all_other_sessions(desk: Desk) -> None:
    """Whoever changes it often does so because somebody else is in."""
    desk.hire("lan", Role.AGENT)
    thief = desk.browser()
    desk.enter("lan", thief)
    desk.enter("lan")
    assert change(desk) == (303, "/console/me?done=password")
    assert thief.get("/console/").status_code == 303
    assert desk.client.get("/console/").status_code == 200
    assert desk.log()[0].action == "password_changed"
    assert desk.give_password("lan", client=desk.browser()).status_code == 422
    assert desk.give_password("lan", FRESH, client=desk.browser()).status_code == 303


def test_a_one_time_password_must_be_changed_before_anything(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT, must_change=True)
    desk.enter("lan")
    assert "chỉ có giá trị một lần" in desk.client.get("/console/me/password").text
    assert change(desk) == (303, "/console/?done=password")
    assert "Đã đổi mật khẩu." in desk.client.get("/console/?done=password").text


def test_what_is_wrong_with_a_password_is_said(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    for fields, said in (
        ({"again": "khác"}, "không giống nhau"),
        ({"fresh": "quangninh123", "again": "quangninh123"}, "dễ đoán"),
        ({"fresh": PASSWORD, "again": PASSWORD}, "phải khác"),
        ({"current": "sai"}, "hiện tại không đúng"),
        ({"fresh": ""}, "Xin nhập mục này"),
    ):
        status, page = change(desk, **fields)
        assert status == 422 and said in page
        assert FRESH not in page and PASSWORD not in page


def test_guessing_the_password_inside_locks_too(desk: Desk) -> None:
    """An unattended desk must not become a place to guess at."""
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    for _ in range(5):
        change(desk, current="sai")
    assert change(desk)[0] == 422
    assert desk.log()[0].action == "locked_out"


def test_own_sessions_are_listed_and_ended(any_desk: Desk) -> None:
    """A forgotten session at another desk can be closed from here; nobody else's can."""
    any_desk.hire("lan", Role.AGENT)
    any_desk.hire("minh", Role.AGENT)
    other, stranger = any_desk.browser(), any_desk.browser()
    any_desk.enter("lan", other)
    any_desk.enter("minh", stranger)
    any_desk.enter("lan")
    page = any_desk.client.get("/console/me").text
    assert page.count("Phiên này") == 1 and any_desk.client.cookies["staff"] not in page
    theirs = stranger.get("/console/me").text
    assert 'value="others"' not in theirs
    mark = hidden(page, "which")
    any_desk.post("/console/me/sessions", client=stranger, which=mark)
    assert other.get("/console/").status_code == 200
    any_desk.post("/console/me/sessions", which=mark)
    assert other.get("/console/").status_code == 303
    assert any_desk.log()[0].action == "session_ended"
    any_desk.post("/console/me/sessions", which="%")
    any_desk.post("/console/me/sessions", which="others")
    assert any_desk.client.get("/console/").status_code == 200
    assert stranger.get("/console/").status_code == 200
    assert [entry.action for entry in any_desk.log()].count("session_ended") == 1
