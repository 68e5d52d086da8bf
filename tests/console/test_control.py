"""Whoever sees wrong answers must be able to stop them at once, and must say why."""

from typing import Any

from bot.control import texts
from bot.control.banners import everything
from bot.control.hours import changes
from bot.control.stopping import stoppages
from bot.conversations.channel import Channel
from bot.staff.roles import Role
from tests.console.desk import Desk

NAME = "utter_channel_stopped"


def test_channels_are_stopped_and_started_with_a_comment(any_desk: Desk) -> None:
    any_desk.hire("sep", Role.SUPERVISOR)
    any_desk.enter("sep")
    path = "/console/control"
    wrong: list[dict[str, Any]] = [{"channels": ["web"], "comment": " "}, {"channels": [], "comment": "x"}]
    for fields in wrong:
        assert any_desk.post(f"{path}/stop", **fields).status_code == 422
        assert any_desk.post(f"{path}/start", **fields).status_code == 422
    everything_off: dict[str, Any] = {
        "channels": [channel.value for channel in Channel],
        "comment": "Trả lời sai",
    }
    assert any_desk.post(f"{path}/stop", **everything_off).headers["location"] == f"{path}?done=stopped"
    with any_desk.engine.connect() as connection:
        assert set(stoppages(connection)) == set(Channel)
    page = any_desk.client.get(path).text
    assert page.count("Đã dừng theo lệnh") == 3 and "Trả lời sai" in page
    any_desk.post(f"{path}/start", channels=["zalo"], comment="Đã sửa")
    with any_desk.engine.connect() as connection:
        assert Channel.ZALO not in stoppages(connection)
    assert any_desk.log()[0].object == "channel:zalo"


def test_others_do_not_reach_the_switches(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT, Role.EDITOR, Role.PRIVACY)
    desk.enter("lan")
    for page in ("control", "banners", "hours"):
        assert desk.client.get(f"/console/{page}").status_code == 403
    assert desk.post("/console/control/stop", channels=["web"], comment="x").status_code == 403


def test_a_banner_is_seen_before_it_is_put_up_and_taken_down_with_a_reason(any_desk: Desk) -> None:
    any_desk.hire("sep", Role.SUPERVISOR)
    any_desk.enter("sep")
    path = "/console/banners"
    fields: dict[str, Any] = {
        "text": "Cổng bảo trì",
        "channels": ["web", "zalo"],
        "starts": "2026-11-22T13:00",
        "ends": "2026-11-22T18:00",
    }
    shown = any_desk.post(path, preview="1", **fields)
    assert shown.status_code == 200 and '<p class="notice">Cổng bảo trì</p>' in shown.text
    assert any_desk.post(path, **{**fields, "ends": "2026-11-22T12:59"}).status_code == 422
    assert any_desk.post(path, **{**fields, "ends": "mai"}).status_code == 422
    assert any_desk.post(path, **fields).headers["location"] == f"{path}?done=banner"
    with any_desk.engine.connect() as connection:
        (banner,) = everything(connection)
    assert (banner.starts_at, banner.ends_at) == (1_795_327_200.0, 1_795_345_200.0)
    end = f"{path}/{banner.id}/withdraw"
    assert any_desk.post(end, reason="").headers["location"].endswith("fault=reason")
    assert any_desk.post(end, reason="Xong sớm").headers["location"].endswith("done=banner_withdrawn")
    assert any_desk.post(end, reason="Xong sớm").status_code == 404
    assert [entry.action for entry in any_desk.log()[:2]] == ["banner_withdrawn", "banner_shown"]


def test_a_text_is_changed_by_two(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    any_desk.hire("minh", Role.APPROVER)
    any_desk.enter("lan")
    path = f"/console/texts/{NAME}"
    assert NAME in any_desk.client.get("/console/texts?q=tam dung tren kenh").text
    shown = any_desk.post(path, text="Tạm dừng.", preview="1")
    assert shown.status_code == 200 and "Xem trước" in shown.text
    assert any_desk.post(path, text="Tạm dừng {when}.", reason="x").status_code == 422
    assert any_desk.post(path, text="Tạm dừng.", reason="").status_code == 422
    assert any_desk.post(path, text="Tạm dừng.", reason="Ngắn").headers["location"].endswith("text_proposed")
    assert any_desk.post(path, text="Dừng.", reason="x").headers["location"].endswith("text_waiting")
    with any_desk.engine.connect() as connection:
        (change,) = texts.waiting(connection)
    deed = f"/console/texts/changes/{change.id}/approve"
    assert any_desk.post(deed).status_code == 403
    other = any_desk.browser()
    any_desk.enter("minh", other)
    assert any_desk.post(deed, other, comment="Được").headers["location"].endswith("text_approved")
    assert any_desk.post(deed, other).headers["location"].endswith("text_decided")
    with any_desk.engine.connect() as connection:
        assert texts.approved(connection) == {NAME: "Tạm dừng."}
    assert any_desk.post(f"{path}/revert", other, reason="").status_code == 422
    assert any_desk.post(f"{path}/revert", other, reason="Cụt").headers["location"].endswith("text_reverted")
    with any_desk.engine.connect() as connection:
        assert texts.approved(connection) == {}


def test_nobody_approves_what_they_proposed(desk: Desk) -> None:
    desk.hire("minh", Role.APPROVER)
    desk.enter("minh")
    desk.post(f"/console/texts/{NAME}", text="Tạm dừng.", reason="Ngắn")
    answer = desk.post("/console/texts/changes/1/approve")
    assert answer.headers["location"].endswith("fault=four_eyes")
    page = desk.client.get(f"/console/texts/{NAME}").text
    assert "phải do người khác duyệt" in page and "/approve" not in page
    assert desk.client.get("/console/texts/utter_nothing").status_code == 404
    assert desk.post("/console/texts/changes/9/approve").status_code == 404


def test_hours_are_changed_with_a_preview(any_desk: Desk) -> None:
    any_desk.hire("sep", Role.SUPERVISOR)
    any_desk.enter("sep")
    path = "/console/hours"
    assert "Thứ Ba 24/11/2026" in any_desk.client.get(path).text
    days = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "07:30-11:30, 13:00-17:00")
    fields: dict[str, Any] = {
        **days,
        "saturday": "8:00-11:00",
        "sunday": "nghỉ",
        "swap_day": "nghỉ",
        "special": "",
    }
    shown = any_desk.post(path, preview="1", **fields)
    assert shown.status_code == 200 and "08:00-11:00" in shown.text
    for wrong in ({"monday": "sáng"}, {"monday": "07:30-11:30, 11:00-12:00"}, {"special": "mùng 1: nghỉ"}):
        assert any_desk.post(path, **{**fields, **wrong}, comment="x").status_code == 422
    assert any_desk.post(path, **fields, comment="").status_code == 422
    assert any_desk.post(path, **fields, comment="Thêm thứ Bảy").headers["location"].endswith("done=hours")
    assert any_desk.post(f"{path}/restore", comment="Hết đợt").headers["location"].endswith("done=hours")
    with any_desk.engine.connect() as connection:
        assert [change.described is None for change in changes(connection)] == [True, False]
    assert [entry.reason for entry in any_desk.log()[:2]] == ["Hết đợt", "Thêm thứ Bảy"]
