"""Ready-made replies: previewed, saved with a name, and never with a variable nobody fills."""

from typing import Any

from bot.handoffs.canned import replies
from bot.staff.roles import Role
from tests.console.desk import Desk

PAGE = "/console/canned"
GOOD: dict[str, Any] = {
    "shortcut": "goi",
    "title": "Mời gọi",
    "text": "Mời {name} gọi {hotline}",
    "active": "yes",
}


def kept(desk: Desk) -> list[tuple[str, str, bool]]:
    with desk.engine.connect() as connection:
        return [(one.shortcut, one.text, one.active) for one in replies(connection, only_active=False)]


def entered(desk: Desk, role: Role = Role.SUPERVISOR) -> None:
    desk.hire("minh", role)
    desk.enter("minh")


def test_a_reply_is_added_changed_and_recorded(any_desk: Desk) -> None:
    entered(any_desk)
    assert any_desk.post(f"{PAGE}/save", **GOOD).headers["location"].endswith("?done=canned")
    assert "Mời {name} gọi {hotline}" in any_desk.client.get(f"{PAGE}/goi").text
    any_desk.post(f"{PAGE}/save", shortcut="goi", title="Mời gọi", text="Xin gọi {hotline}", known="yes")
    assert kept(any_desk) == [("goi", "Xin gọi {hotline}", False)]
    last = any_desk.log()[0]
    assert (last.action, last.object, last.detail["active"]) == ("canned_changed", "canned:goi", False)


def test_a_new_reply_does_not_replace_another(desk: Desk) -> None:
    entered(desk)
    desk.post(f"{PAGE}/save", **GOOD)
    refused = desk.post(f"{PAGE}/save", **{**GOOD, "text": "Khác"})
    assert refused.status_code == 422 and "Đã có câu trả lời mẫu" in refused.text
    assert kept(desk) == [("goi", GOOD["text"], True)]


def test_a_preview_shows_what_a_citizen_reads_and_saves_nothing(desk: Desk) -> None:
    entered(desk, Role.EDITOR)
    text = "Mời {name} gọi {hotline}: {fee}"
    page = desk.post(f"{PAGE}/save", **{**GOOD, "text": text, "preview": "yes", "code": "9.999999"}).text
    assert "Mời anh/chị gọi 1900 558 826: [……]" in page and text in page
    assert "Chưa có thủ tục mang mã này" in page and kept(desk) == []


def test_what_cannot_be_sent_is_not_saved(desk: Desk) -> None:
    """A typing error in a variable would be read by every citizen who gets the reply."""
    entered(desk)
    bad: dict[str, dict[str, str]] = {
        "{phi}": {"text": "Phí: {phi}"},
        "chưa đúng dạng": {"shortcut": "Gọi ngay"},
        "tên gọi": {"title": " "},
        "Xin nhập": {"text": " "},
        "chỗ trống": {"text": "Phí: [……]"},
    }
    for why, changed in bad.items():
        refused = desk.post(f"{PAGE}/save", **{**GOOD, **changed})
        assert refused.status_code == 422 and why in refused.text
    assert kept(desk) == []


def test_agents_do_not_change_replies(desk: Desk) -> None:
    entered(desk, Role.AGENT)
    assert desk.client.get(PAGE).status_code == 403
