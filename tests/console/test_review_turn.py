"""The page of one turn: all that is known of it, and labels."""

from typing import Any

from bot.answers.outcome import Outcome
from bot.conversations import feedback
from bot.conversations.channel import Author, Channel
from bot.conversations.feedback import Kind
from bot.conversations.log import Entry, append
from bot.conversations.said import Said
from bot.conversations.turns import Dated, Facts, Scored, find_turn, record_turn
from bot.reviews.labels import Label, give
from bot.reviews.rounds import draw_round
from bot.reviews.verdict import Verdict
from bot.staff.roles import Role
from tests.console.desk import NOON, Desk
from tests.console.test_review_list import asked
from tests.reviews.conftest import Past


def test_the_page_shows_what_was_understood_and_is_recorded(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    with any_desk.engine.begin() as connection:
        who = Past(connection).citizen("a")
        here = who.conversation_id
        for author, words in (
            (Author.CITIZEN, "số 091****678 <i>"),
            (Author.ASSISTANT, "Lệ phí là 0 đồng"),
        ):
            append(connection, here, Entry(0, author, Channel.WEB, Said(words), NOON, words))
        facts = Facts(
            "ask_fee",
            0.734,
            "answered",
            "1.001",
            (Scored("1.001", 0.61), Scored("2.002", 0.2)),
            (Dated("1.001", "2026-10-05"),),
            7,
            "model-a",
            123.4,
        )
        number = record_turn(connection, here, "m", 1, 2, Channel.WEB, facts, True, NOON)
        feedback.record(connection, here, Kind.THUMB, -1, NOON, 2, feedback.Reason.OUTDATED, "phí cũ")
    any_desk.enter("lan")
    page = any_desk.client.get(f"/console/turns/{number}").text
    for words in (
        "số 091****678 &lt;i&gt;",
        "Lệ phí là 0 đồng",
        "0,73",
        "0,61",
        "2.002",
        "cập nhật 05/10/2026",
        "model-a",
        "123 ms",
        "Chê · Thông tin cũ",
        "phí cũ",
        "Có dấu",
    ):
        assert words in page
    entry = any_desk.log()[0]
    assert entry.object == f"conversation:{here}" and entry.detail == {"turn": number}
    whole = f"/console/conversations/{here}?before=22"
    assert f'href="{whole}"' in page
    assert f'href="/console/turns/{number}"' in any_desk.client.get(whole).text
    for path in ("/console/turns/999999", "/console/turns/x", f"/console/turns/{2**40}"):
        assert any_desk.client.get(path).status_code == 404


def test_a_label_is_kept_and_leads_to_the_next_turn_of_the_filter(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    first, second, third = asked(any_desk, 3, outcome=Outcome.NO_DATA)
    asked(any_desk)
    any_desk.enter("lan")
    way = "?outcome=no_data"
    page = any_desk.client.get(f"/console/turns/{second}{way}").text
    assert f'href="/console/turns/{first}{way}"' in page and f'href="/console/turns/{third}{way}"' in page
    saved = any_desk.post(f"/console/turns/{second}/label{way}", verdict="right", next="1")
    assert saved.headers["location"] == f"/console/turns/{first}{way}&done=label"
    stay = any_desk.post(f"/console/turns/{first}/label{way}", verdict="wrong", reason="stale", comment="cũ")
    assert stay.headers["location"] == f"/console/turns/{first}{way}&done=label"
    page = any_desk.client.get(f"/console/turns/{first}").text
    assert 'value="wrong" data-keys="3" checked' in page and 'value="stale" selected' in page
    labels = [entry for entry in any_desk.log() if entry.action == "labelled"]
    assert labels[0].object == f"turn:{first}" and labels[0].detail == {"verdict": "wrong", "round": None}


def test_a_label_without_what_it_needs_says_so_and_keeps_the_rest(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    (number,) = asked(desk)
    desk.enter("lan")
    mistakes: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "Xin chọn một mức đánh giá."),
        ({"verdict": "wrong"}, "Xin chọn lý do"),
        ({"verdict": "right", "procedure": "không có đâu"}, "Chưa xác định được một thủ tục"),
        ({"verdict": "right", "comment": "x" * 1001}, "Nội dung quá dài."),
    )
    for fields, told in mistakes:
        answer = desk.post(f"/console/turns/{number}/label", **fields)
        assert answer.status_code == 422 and told in answer.text
    assert "không có đâu" in desk.post(f"/console/turns/{number}/label", procedure="không có đâu").text


def test_a_flag_is_set_and_taken_away(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    (number,) = asked(desk)
    desk.enter("lan")
    for flag, is_set in (("1", True), ("1", True), ("0", False)):
        desk.post(f"/console/turns/{number}/flag?flagged=1", flag=flag)
        with desk.engine.connect() as connection:
            found = find_turn(connection, number)
        assert found is not None and (found.flagged_at is not None) is is_set
    flags = [entry.detail for entry in desk.log() if entry.object == f"turn:{number}"]
    assert flags == [{"flag": False}, {"flag": True}]


def test_labels_of_colleagues_are_hidden_in_an_audit_until_ones_own(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    minh = any_desk.hire("minh", Role.EDITOR)
    (number,) = asked(any_desk)
    with any_desk.engine.begin() as connection:
        assert draw_round(connection, "Tuần", NOON - 1, NOON + 1, 1, 1.0, 1, minh.id, NOON)
        give(connection, number, minh.id, Label(Verdict.HARMFUL, comment="sai hẳn"), NOON)
    any_desk.enter("lan")
    page = any_desk.client.get(f"/console/turns/{number}").text
    assert "sai hẳn" not in page and "chỉ hiện sau khi anh/chị đã đánh giá" in page
    any_desk.post(f"/console/turns/{number}/label", verdict="right")
    assert "sai hẳn" in any_desk.client.get(f"/console/turns/{number}").text
    again = any_desk.post(f"/console/turns/{number}/label", verdict="harmful", reason="stale")
    assert again.headers["location"].endswith("fault=label_stands")
