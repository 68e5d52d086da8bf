"""The audit log: found by who, what and on what, paged, and checked."""

import re

from sqlalchemy import update

from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.roles import Role
from bot.staff.tables import staff_audit
from tests.console.desk import Desk


def rows(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', page)]


def write(desk: Desk, count: int) -> None:
    """Claims of two members of staff in turn, of conversations c0, c1 …"""
    with desk.engine.begin() as connection:
        for number in range(count):
            actor = Actor(number % 2 + 1, f"staff{number % 2}", "10.0.0.9")
            audit.record(connection, actor, Action.CLAIMED, f"conversation:c{number}", desk.now)


def test_entries_are_found_by_account_action_and_object(any_desk: Desk) -> None:
    """Who saw a citizen's conversation is asked by the citizen's conversation."""
    any_desk.hire("lan", Role.PRIVACY)
    any_desk.hire("minh", Role.PRIVACY)
    write(any_desk, 6)
    any_desk.enter("lan")
    log = "/console/audit-log"
    assert rows(any_desk.client.get(log).text) == [7, 6, 5, 4, 3, 2, 1]
    assert rows(any_desk.client.get(f"{log}?account=2").text) == [6, 4, 2]
    assert rows(any_desk.client.get(f"{log}?action=entered").text) == [7]
    assert rows(any_desk.client.get(f"{log}?object=conversation:c3").text) == [4]
    assert rows(any_desk.client.get(f"{log}?object=%25").text) == []
    assert rows(any_desk.client.get(f"{log}?account=x&action=y&before=z").text) == [7, 6, 5, 4, 3, 2, 1]
    assert "Tiếp nhận" in any_desk.client.get(log).text and "22/11/2026" in any_desk.client.get(log).text


def test_pages_follow_one_another_and_keep_the_filter(desk: Desk) -> None:
    desk.hire("lan", Role.PRIVACY)
    write(desk, 120)
    desk.enter("lan")
    seen: list[int] = []
    page = desk.client.get("/console/audit-log?account=1&action=claimed").text
    seen += rows(page)
    older = re.search(r'href="([^"]+)"[^>]*>Các mục cũ hơn', page)
    assert older is not None
    last = desk.client.get(older[1].replace("&amp;", "&")).text
    seen += rows(last)
    assert seen == list(range(119, 0, -2)) and "Các mục cũ hơn" not in last


def test_the_log_is_checked_and_the_check_recorded(any_desk: Desk) -> None:
    """Somebody who changes the log must not stay unseen."""
    any_desk.hire("lan", Role.PRIVACY)
    write(any_desk, 3)
    any_desk.enter("lan")
    whole = any_desk.post("/console/audit-log/verify")
    assert "Nhật ký toàn vẹn" in whole.text
    assert any_desk.log()[0].detail == {"whole": True, "entry": None}
    with any_desk.engine.begin() as connection:
        connection.execute(update(staff_audit).where(staff_audit.c.id == 2).values(login="ai đó"))
    broken = any_desk.post("/console/audit-log/verify")
    assert "bắt đầu từ mục 2: nội dung đã bị thay đổi" in broken.text
    assert any_desk.log()[0].detail == {"whole": False, "entry": 2}
