"""The privacy desk: what people ask for about their data is found, done in time, and proven."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.conversations.linking import issue
from bot.conversations.tables import message
from bot.database import connect
from bot.handoffs.tables import staff_note
from bot.notices.tables import consent
from bot.privacy import requests
from bot.privacy.kinds import RequestState
from bot.staff.roles import Role
from tests.console.desk import Desk, hidden
from tests.privacy.conftest import wrote

NEW: dict[str, Any] = {
    "kind": "erase",
    "source": "phone",
    "received": "2026-11-22T09:00",
    "summary": "Xin xóa hết, CCCD 022089001234",
}


def privacy_desk(desk: Desk) -> Desk:
    desk.hire("dpo", Role.PRIVACY)
    desk.enter("dpo")
    return desk


def counted(connection: Connection) -> int:
    found: int = connection.execute(select(func.count()).select_from(message)).scalar_one()
    return found


def test_from_the_call_to_the_report(any_desk: Desk, tmp_path: Path) -> None:
    desk = privacy_desk(any_desk)
    with desk.engine.begin() as connection:
        someone = wrote(connection, "lệ phí khai sinh", now=desk.now)
        code = issue(connection, someone.conversation_id, desk.now)
    made = desk.post("/console/privacy/new", **NEW, code=code, contact="lan@example.vn")
    assert made.headers["location"] == "/console/privacy/1?done=request_opened"
    page = desk.client.get("/console/privacy/1").text
    assert "022089001234" not in page and someone.conversation_id in page and "lan@example.vn" in page
    # Sunday 22/11: two working days without Tuesday 24 (Ngày Văn hóa) end with Wednesday 25, twenty days
    # with Saturday 12/12, so Monday 14.
    assert "25/11/2026 23:59" in page and "14/12/2026 23:59" in page
    assert desk.client.get("/console/privacy/1/erase").text.count("Xóa vĩnh viễn") == 0
    desk.post("/console/privacy/1/acknowledge")
    foreseen = desk.client.get("/console/privacy/1/erase").text
    assert "<code>message</code>" in foreseen and "Zalo" in foreseen
    assert desk.post("/console/privacy/1/erase", reason="").status_code == 422
    with desk.engine.connect() as connection:
        assert counted(connection) == 2
    erased = desk.post("/console/privacy/1/erase", reason="Yêu cầu số 1")
    assert erased.headers["location"] == "/console/privacy/1?done=erased"
    assert desk.post("/console/privacy/1/erase", reason="x").headers["location"].endswith("erased_before")
    with desk.engine.connect() as connection:
        assert counted(connection) == 0
        asked = requests.find(connection, 1)
    assert asked is not None and asked.report is not None and asked.report["rows"]["message"] == 2
    assert "Báo cáo xóa" in desk.client.get("/console/privacy/1").text
    ended = desk.post("/console/privacy/1/end", state="done", answer="Đã xóa và báo lại")
    assert ended.headers["location"].endswith("request_changed")
    with desk.engine.connect() as connection:
        asked = requests.find(connection, 1)
    assert asked is not None and asked.state is RequestState.DONE and asked.contact_sealed is None
    actions = [entry.action for entry in desk.log()[:4]]
    assert actions == ["request_changed", "erased", "request_changed", "request_opened"]
    assert "100%" in desk.client.get("/console/privacy").text


def test_what_rasa_remembers_goes_too(desk: Desk, tmp_path: Path) -> None:
    privacy_desk(desk)
    tracker = connect(desk.settings.tracker_url)
    with tracker.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT)"))
    with desk.engine.begin() as connection:
        someone = wrote(connection, "lệ phí", now=desk.now)
        code = issue(connection, someone.conversation_id, desk.now)
    with tracker.begin() as connection:
        for sender in (someone.conversation_id, "other"):
            connection.execute(text("INSERT INTO events (sender_id) VALUES (:sender)"), {"sender": sender})
    desk.post("/console/privacy/new", **NEW, code=code)
    desk.post("/console/privacy/1/acknowledge")
    assert desk.post("/console/privacy/1/erase", reason="x").headers["location"].endswith("done=erased")
    with tracker.connect() as connection:
        left = connection.execute(text("SELECT sender_id FROM events")).scalars().all()
    tracker.dispose()
    assert left == ["other"]


def test_what_is_wrong_with_a_request_is_said_where_it_is(desk: Desk) -> None:
    privacy_desk(desk)
    for wrong, said in (
        ({"received": "2026-11-22T23:00"}, "tương lai"),
        ({"received": "2019-11-22T09:00"}, "lịch nghỉ"),
        ({"summary": ""}, "Xin nhập mục này"),
        ({"code": "LK-BCFG-3479"}, "hết hạn"),
        ({"kind": "everything"}, "không hợp lệ"),
        ({"summary": "   "}, "Xin nhập mục này"),
    ):
        answer = desk.post("/console/privacy/new", **{**NEW, **wrong})
        assert answer.status_code == 422 and said in answer.text, wrong
    assert desk.client.get("/console/privacy/1").status_code == 404


def test_a_code_proves_once_and_not_after_its_time(desk: Desk) -> None:
    """Somebody else's conversation must not be erased with a code that was read long ago."""
    privacy_desk(desk)
    with desk.engine.begin() as connection:
        someone = wrote(connection, "lệ phí", now=desk.now)
        old, fresh = (issue(connection, someone.conversation_id, desk.now - back) for back in (601, 0))
    assert desk.post("/console/privacy/new", **NEW, code=old).status_code == 422
    assert desk.post("/console/privacy/new", **NEW, code=fresh).status_code == 303
    assert desk.post("/console/privacy/new", **NEW, code=fresh).status_code == 422


def test_a_request_is_put_off_once_and_not_ended_before_it_was_confirmed(desk: Desk) -> None:
    privacy_desk(desk)
    desk.post("/console/privacy/new", **{**NEW, "kind": "view"})
    end = desk.post("/console/privacy/1/end", state="done", answer="x")
    assert end.headers["location"].endswith("fault=request_step")
    assert desk.post("/console/privacy/1/extend", reason="").status_code == 422
    put_off = desk.post("/console/privacy/1/extend", reason="Hỏi đơn vị khác")
    assert put_off.headers["location"].endswith("request_changed")
    assert desk.post("/console/privacy/1/extend", reason="x").headers["location"].endswith("request_step")
    # Ten days from Sunday 22/11 is Wednesday 2/12, ten more is Saturday 12/12: Monday 14.
    assert "14/12/2026 23:59" in desk.client.get("/console/privacy/1").text
    assert desk.post("/console/privacy/1/acknowledge").status_code == 303
    assert desk.post("/console/privacy/1/end", state="refused", answer=" ").status_code == 422
    assert desk.client.get("/console/privacy/1/erase").status_code == 200


def test_consents_are_read_and_found(desk: Desk) -> None:
    privacy_desk(desk)
    with desk.engine.begin() as connection:
        row = {"channel": "zalo", "version": "2026-11", "actor": "citizen", "given_at": desk.now}
        for number, purpose in enumerate(("reminders", "follow")):
            values = {"conversation_id": f"c{number}", "purpose": purpose, "given_in": str(number), **row}
            connection.execute(insert(consent).values(**values, withdrawn_at=desk.now if number else None))
    page = desk.client.get("/console/consents").text
    assert "<code>c0</code>" in page and "<code>c1</code>" in page
    for query, shown in (("purpose=follow", "c1"), ("standing=standing", "c0"), ("conversation=c1", "c1")):
        found = desk.client.get(f"/console/consents?{query}").text
        assert [name for name in ("c0", "c1") if f"<code>{name}</code>" in found] == [shown]


def test_nothing_is_deleted_that_was_not_counted_first(any_desk: Desk) -> None:
    desk = privacy_desk(any_desk)
    with desk.engine.begin() as connection:
        wrote(connection, "cũ", now=desk.now - 366 * 86_400)
        wrote(connection, "mới", channel=Channel.WEB, now=desk.now)
    assert desk.post("/console/retention").headers["location"].endswith("preview_first")
    ticket = hidden(desk.client.get("/console/retention").text, "ticket")
    with desk.engine.connect() as connection:
        assert counted(connection) == 4
    assert desk.post("/console/retention", ticket=ticket).headers["location"].endswith("done=retention")
    with desk.engine.connect() as connection:
        assert counted(connection) == 2
    assert desk.log()[0].action == "retention_run" and desk.log()[0].detail["conversations"] == 1
    desk.now += 3700
    desk.enter("dpo")
    assert desk.post("/console/retention", ticket=ticket).headers["location"].endswith("preview_first")


def test_the_scanner_tells_where_and_never_what(any_desk: Desk) -> None:
    desk = privacy_desk(any_desk)
    with desk.engine.begin() as connection:
        someone = wrote(connection, "lệ phí", now=desk.now)
    assert "0 giá trị chưa che" in desk.post("/console/scanner").text
    with desk.engine.begin() as connection:
        note = {"conversation_id": someone.conversation_id, "account_id": 1, "at": desk.now}
        connection.execute(insert(staff_note).values(text="CCCD 022089001234", **note))
    page = desk.post("/console/scanner").text
    assert "1 giá trị chưa che" in page and "<code>staff_note</code>" in page
    assert "022089001234" not in page and "Số định danh cá nhân" in page
    assert desk.log()[0].detail["hits"] == 1


def test_only_the_privacy_desk_gets_in(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN, Role.SUPERVISOR, Role.APPROVER)
    desk.enter("sep")
    for page in ("privacy", "privacy/new", "consents", "retention", "scanner"):
        assert desk.client.get(f"/console/{page}").status_code == 403
