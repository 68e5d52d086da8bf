"""Topics a person looks at first: only real ones, switched with a reason."""

from typing import Any

from bot.handoffs import topics
from bot.staff.roles import Role
from tests.console.desk import Desk

PAGE = "/console/topics"


def kept(desk: Desk) -> list[tuple[str, bool]]:
    with desk.engine.connect() as connection:
        return [(topic.name, topic.active) for topic in topics.topics(connection, only_active=False)]


def test_a_topic_is_added_switched_and_recorded(any_desk: Desk) -> None:
    any_desk.hire("minh", Role.SUPERVISOR)
    any_desk.enter("minh")
    given: dict[str, Any] = {"kind": "intent", "intent": "ask_fee", "active": "yes", "comment": "Phí vừa đổi"}
    assert any_desk.post(PAGE, **given).headers["location"].endswith("?done=topic")
    page = any_desk.client.get(PAGE).text
    assert "Loại câu hỏi: Hỏi phí, lệ phí" in page and "Phí vừa đổi" in page
    any_desk.post(PAGE, kind="intent", value="ask_fee", active="no", comment="Đã cập nhật")
    assert kept(any_desk) == [("intent:ask_fee", False)]
    last = any_desk.log()[0]
    assert (last.action, last.object, last.reason) == ("topic_changed", "topic:intent:ask_fee", "Đã cập nhật")


def test_what_is_no_topic_is_refused(desk: Desk) -> None:
    """A misspelt code would let the answers pass that somebody wanted to see."""
    desk.hire("minh", Role.SUPERVISOR)
    desk.enter("minh")
    for kind, value in (("procedure", "9.999999"), ("field", "Không có"), ("intent", "x"), ("procedure", "")):
        given: dict[str, Any] = {"kind": kind, kind: value, "active": "yes", "comment": "vì"}
        refused = desk.post(PAGE, **given)
        assert refused.status_code == 422 and "Chưa có thủ tục" in refused.text
    assert desk.post(PAGE, kind="intent", intent="ask_fee", active="yes", comment=" ").status_code == 422
    assert desk.post(PAGE, kind="x", comment="vì").headers["location"].endswith("?fault=topic")
    assert kept(desk) == []


def test_agents_do_not_choose_topics(desk: Desk) -> None:
    desk.hire("minh", Role.AGENT)
    desk.enter("minh")
    assert desk.client.get(PAGE).status_code == 403
