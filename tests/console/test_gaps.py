"""What many ask in vain must reach the editors, whatever words it is asked in."""

from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.amendments import proposals
from bot.console import gaps
from bot.conversations.tables import message
from bot.staff.roles import Role
from bot.upkeep import orders, unanswered
from bot.upkeep.states import Need, OrderState
from tests.console.asking import ask, page_of
from tests.console.desk import Desk

GAPS = "/console/gaps"


def test_clusters_are_listed_with_the_most_asked_first(any_desk: Desk) -> None:
    *pigs, birth = ask(any_desk)
    any_desk.hire("lan", Role.EDITOR)
    any_desk.enter("lan")
    page = page_of(any_desk, GAPS).text
    assert page.index("lợn") < page.index("đẻ con") and "2 nhóm từ 4 câu hỏi" in page
    assert "3 người" in page and "Tên gọi gợi ý: nuôi lợn trong phố" in page and "Khai sinh" in page
    assert "Gom lúc 22/11/2026" in page
    assert (any_desk.log()[0].action, any_desk.log()[0].object) == ("conversation_seen", "gaps:list")
    one = any_desk.client.get(f"{GAPS}/{pigs[1]}?days=30").text
    assert "091****678" in one and "0912345678" not in one
    assert (
        all(f"/console/turns/{number}" in one for number in pigs) and str(birth) not in one.split("<h2")[-1]
    )


def test_nobody_else_reads_them(desk: Desk) -> None:
    desk.hire("anh", Role.AGENT, Role.ANALYST, Role.ADMIN)
    desk.enter("anh")
    for path in (GAPS, f"{GAPS}/1", "/console/orders", "/console/orders/1"):
        assert desk.client.get(path).status_code == 403
    for path in (f"{GAPS}/1/alias", f"{GAPS}/1/order", "/console/orders/1/done"):
        assert desk.post(path).status_code == 403


def test_another_name_is_proposed_for_somebody_else_to_approve(desk: Desk) -> None:
    *_, birth = ask(desk)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert 'value="1.000001"' in page_of(desk, f"{GAPS}/{birth}").text
    path = f"{GAPS}/{birth}/alias?days=30"
    fields: dict[str, Any] = {"procedure": "1.000001", "reason": "Hỏi nhiều"}
    faulty: list[dict[str, Any]] = [
        {"term": " "},
        {"term": "báo sinh 022089001234"},
        {"term": "báo sinh", "procedure": "9.999999"},
        {"term": "báo sinh", "reason": ""},
    ]
    for wrong in faulty:
        assert desk.post(path, **{**fields, **wrong}).status_code == 422
    sent = desk.post(path, **fields, term=" báo  sinh ")
    assert sent.headers["location"] == f"{GAPS}/{birth}?days=30&done=alias_proposed"
    with desk.engine.connect() as connection:
        (proposed,) = proposals.waiting(connection)
    assert (proposed.code, proposed.patch) == ("1.000001", {"aliases": {"add": ["báo sinh"]}})
    assert proposed.source_title == "Câu hỏi của công dân từ 21/11/2026 đến 21/11/2026 (1 lần)"


def test_the_editors_are_asked_and_settle_it_with_a_comment(any_desk: Desk) -> None:
    pigs = ask(any_desk)[0]
    any_desk.hire("sep", Role.SUPERVISOR)
    any_desk.hire("lan", Role.EDITOR)
    any_desk.enter("sep")
    page = page_of(any_desk, f"{GAPS}/{pigs}").text
    assert (
        "Thêm tên gọi</h2>" not in page and "091****678" not in page.split("<textarea")[1].split("</text")[0]
    )
    path = f"{GAPS}/{pigs}/order?days=30"
    fields: dict[str, Any] = {
        "need": "missing_record",
        "title": "Nuôi lợn trong phố",
        "questions": "Nuôi lợn\nGọi 0912345678",
    }
    faulty: list[dict[str, Any]] = [
        {"title": ""},
        {"need": "stale"},
        {"need": "nothing"},
        {"code": "9.999999"},
        {"questions": "\n".join(map(str, range(11)))},
    ]
    for wrong in faulty:
        assert any_desk.post(path, **{**fields, **wrong}).status_code == 422
    sent = any_desk.post(path, **fields)
    assert sent.headers["location"] == "/console/orders/1?done=order_made"
    with any_desk.engine.connect() as connection:
        order = orders.find(connection, 1)
    assert order is not None and (order.need, order.asked, order.citizens) == (Need.MISSING_RECORD, 3, 3)
    assert order.questions == ("Nuôi lợn", "Gọi 091****678")
    assert "order_made" in [entry.action for entry in any_desk.log()]
    assert any_desk.post("/console/orders/1/done", comment="x").status_code == 403
    assert "Xử lý yêu cầu" not in any_desk.client.get("/console/orders/1").text
    editor = any_desk.browser()
    any_desk.enter("lan", editor)
    assert "Nuôi lợn trong phố" in editor.get("/console/orders").text
    assert any_desk.post("/console/orders/1/done", editor, comment=" ").status_code == 422
    done = any_desk.post("/console/orders/1/done", editor, comment="Đã thêm thủ tục")
    assert done.headers["location"].endswith("done=order_done")
    late = any_desk.post("/console/orders/1/declined", editor, comment="Thôi")
    assert late.headers["location"].endswith("fault=order_settled")
    with any_desk.engine.connect() as connection:
        order = orders.find(connection, 1)
    assert order is not None and order.state is OrderState.DONE
    assert "Đã thêm thủ tục" in editor.get("/console/orders/1").text
    assert "Đã xong" in editor.get("/console/orders").text
    assert editor.get("/console/orders/9").status_code == 404


def test_what_was_erased_is_not_shown_although_it_was_counted(desk: Desk) -> None:
    """The clusters of ten minutes ago must not keep the words of somebody who has left."""
    birth = ask(desk)[-1]
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert "đẻ con" in page_of(desk, GAPS).text
    with desk.engine.begin() as connection:
        connection.execute(delete(message).where(message.c.conversation_id == "binh"))
    assert (
        "đẻ con" not in desk.client.get(GAPS).text and "(câu hỏi đã được xóa)" in desk.client.get(GAPS).text
    )
    assert "đẻ con" not in desk.client.get(f"{GAPS}/{birth}").text


def test_clusters_are_kept_a_while_and_then_found_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grouping at every look would make each page wait for seconds."""
    found: list[int] = []

    def places(connection: Connection, start: float, end: float) -> list[unanswered.Place]:
        found.append(1)
        return []

    monkeypatch.setattr(unanswered, "places", places)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert "Không có câu hỏi nào" in page_of(desk, GAPS).text
    desk.now += 700
    desk.client.get(GAPS)
    ask(desk)
    desk.now -= 200
    desk.client.get(GAPS)
    assert len(found) == 1
    desk.now += 200
    desk.client.get(GAPS)
    desk.app.state.gaps.close(wait=True)
    assert len(found) == 2


def test_a_failure_is_said_and_the_next_look_tries_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def places(connection: Connection, start: float, end: float) -> list[unanswered.Place]:
        raise RuntimeError("022089001234")

    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    with monkeypatch.context() as broken:
        broken.setattr(unanswered, "places", places)
        assert "Chưa gom được các câu hỏi" in page_of(desk, GAPS).text
    assert "Không có câu hỏi nào" in page_of(desk, GAPS).text


def test_long_lists_are_paged_and_a_lost_cluster_leads_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "_CLUSTERS", 1)
    monkeypatch.setattr(gaps, "_QUESTIONS", 2)
    pigs = ask(desk)[0]
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert "đẻ con" not in page_of(desk, GAPS).text and "Trang 1/2" in page_of(desk, GAPS).text
    assert "đẻ con" in desk.client.get(f"{GAPS}?page=99&days=8").text
    assert "NUÔI LỢN" in desk.client.get(f"{GAPS}/{pigs}").text.split("questions-title")[-1]
    rest = desk.client.get(f"{GAPS}/{pigs}?page=2").text.split("questions-title")[-1]
    assert "NUÔI LỢN" not in rest and "cho tôi hỏi" in rest
    assert desk.client.get(f"{GAPS}/999").headers["location"] == f"{GAPS}?days=30&fault=gap_gone"
    page_of(desk, f"{GAPS}?days=7")
    for deed in ("order", "alias"):
        gone = desk.post(f"{GAPS}/999/{deed}?days=7", title="x")
        assert gone.headers["location"] == f"{GAPS}?days=7&fault=gap_gone"
