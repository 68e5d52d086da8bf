"""Audits and unmasking in the console."""

import re
from typing import Any

from bot.conversations.channel import Channel
from bot.gateways.vault import open_vault
from bot.handoffs.desk import open_handoff
from bot.handoffs.opening import leave_contact
from bot.handoffs.states import Cause
from bot.staff.roles import Role
from tests.console.desk import NOON, Desk
from tests.console.test_review_list import asked
from tests.reviews.conftest import DAY, Past

AUDITS = "/console/audits"
SAMPLE: dict[str, Any] = {
    "title": "Tuần 47",
    "since": "2026-11-21",
    "until": "2026-11-22",
    "size": "4",
    "second": "50",
    "seed": "7",
}


def test_an_audit_from_the_draw_to_its_figures(any_desk: Desk) -> None:
    """Four turns, two of them twice: three right and one wrong, one of two pairs agrees.

    Kappa of (right, right), (right, wrong): observed 1/2, by chance (2·1)/4 = 1/2, so 0.
    """
    any_desk.hire("sup", Role.SUPERVISOR)
    any_desk.hire("lan", Role.EDITOR)
    asked(any_desk, 6)
    any_desk.enter("sup")
    made = any_desk.post(AUDITS, **SAMPLE)
    assert made.headers["location"] == f"{AUDITS}/1?done=drawn"
    drawn = [entry for entry in any_desk.log() if entry.action == "sampled"]
    assert drawn[0].detail["seed"] == 7 and drawn[0].detail["size"] == 4
    at = any_desk.client.get(f"{AUDITS}/1/next").headers["location"]
    for _ in range(4):
        number = at.split("?")[0]
        assert "thuộc một đợt kiểm tra mẫu" in any_desk.client.get(at).text
        at = any_desk.post(f"{number}/label?round=1", verdict="right", next="1").headers["location"]
    assert at == f"{AUDITS}/1?done=audit"
    other = any_desk.browser()
    any_desk.enter("lan", other)
    for verdict in ("right", "wrong"):
        at = other.get(f"{AUDITS}/1/next").headers["location"].split("?")[0]
        any_desk.post(f"{at}/label?round=1", other, verdict=verdict, reason="stale")
    assert other.get(f"{AUDITS}/1/next").headers["location"] == f"{AUDITS}/1?done=audit"
    page = any_desk.client.get(f"{AUDITS}/1").text
    assert "75,0% (3/4; khoảng tin cậy 95%: 30,1–95,4%)" in page
    assert "Kappa 0,00; giống nhau 50% trong 2 lượt" in page and "6/6 đánh giá" in page
    assert "75,0%" in any_desk.client.get(AUDITS).text
    assert "Kappa" not in other.get(f"{AUDITS}/1").text, "reviewers label blind, the figures are not for them"


def test_a_sample_that_cannot_be_drawn_is_told_and_the_form_kept(desk: Desk) -> None:
    desk.hire("sup", Role.SUPERVISOR)
    desk.enter("sup")
    for name, value, told in (
        ("title", "", "Xin đặt tên đợt"),
        ("until", "2026-11-20", "Xin chọn ngày bắt đầu"),
        ("since", "x", "Xin chọn ngày bắt đầu"),
        ("size", "0", "Số lượt từ 1 đến 2000."),
        ("second", "101", "Phần trăm từ 0 đến 100."),
        ("seed", "-1", "Số ngẫu nhiên là"),
        ("since", "2026-11-01", "không còn lượt nào"),
    ):
        answer = desk.post(AUDITS, **{**SAMPLE, name: value})
        assert answer.status_code == 422 and told in answer.text
        kept = "title" if name == "second" else "second"
        assert f'id="{kept}" value="{SAMPLE[kept]}"' in answer.text


def test_reviewers_draw_no_samples(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert desk.post(AUDITS, **SAMPLE).status_code == 403
    assert "Lấy mẫu mới" not in desk.client.get(AUDITS).text
    assert desk.client.get(f"{AUDITS}/9").status_code == 404


def citizen(desk: Desk) -> str:
    with desk.engine.begin() as connection:
        who = Past(connection).citizen("84912345678", Channel.ZALO)
        one = open_handoff(connection, who.conversation_id, who.id, who.channel, Cause.ASKED, NOON)
        sealed = open_vault(desk.settings).seal("0912 345 678 (chị Hoa)".encode())
        leave_contact(connection, one.id, sealed.decode(), NOON)
    return who.conversation_id


def test_identifiers_are_shown_for_a_reason_under_a_name_and_for_a_while(any_desk: Desk) -> None:
    here = citizen(any_desk)
    any_desk.hire("dpo", Role.PRIVACY)
    any_desk.enter("dpo")
    page = f"/console/unmask/{here}"
    assert any_desk.client.get(f"/console/unmask?conversation={here}").headers["location"] == page
    assert "84912345678" not in any_desk.client.get(page).text
    short = any_desk.post(page, reason="cần xem")
    assert short.status_code == 422 and "ít nhất 10 ký tự" in short.text
    assert any_desk.post(page, reason="Công dân đề nghị gọi lại").headers["location"] == page
    shown = any_desk.client.get(page).text
    assert "84912345678" in shown and "0912 345 678 (chị Hoa)" in shown
    assert re.search(r"dpo · 22/11/2026 \d\d:\d\d", shown)
    looks = [entry for entry in any_desk.log() if entry.action == "unmasked"]
    assert [entry.reason for entry in looks] == ["Công dân đề nghị gọi lại"] * 2
    assert looks[0].object == f"conversation:{here}" and looks[0].detail["contacts"] == 1
    any_desk.now += 901
    assert "84912345678" not in any_desk.client.get(page).text
    assert any_desk.client.get("/console/unmask/nobody").status_code == 404


def test_only_who_may_unmask_gets_there(desk: Desk) -> None:
    here = citizen(desk)
    desk.hire("lan", Role.EDITOR, Role.ADMIN, Role.AGENT)
    desk.enter("lan")
    assert desk.client.get(f"/console/unmask/{here}").status_code == 403
    assert desk.post(f"/console/unmask/{here}", reason="Công dân đề nghị gọi lại").status_code == 403


def test_a_day_of_the_sample_is_the_citizens_day(desk: Desk) -> None:
    desk.hire("sup", Role.SUPERVISOR)
    asked(desk, 3, at=NOON - DAY)
    desk.enter("sup")
    desk.post(AUDITS, **{**SAMPLE, "until": "2026-11-21"})
    page = desk.client.get(f"{AUDITS}/1").text
    assert "21/11/2026 – 21/11/2026" in page and "0/5 đánh giá" in page
