"""Replies within Zalo's limits: over them the citizen gets nothing at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.message import Choice, Reply
from bot.channels.zalo.render import replies, template

MORE = "Các lựa chọn khác:"


def token(choice: Choice) -> str:
    return f"token-{choice.payload}"


def render(reply: Reply, to: str = "U") -> list[dict]:
    return replies(to, reply, token, MORE)


def buttons(call: dict) -> list[dict]:
    return call["message"].get("attachment", {}).get("payload", {}).get("buttons", [])


def test_a_text_with_buttons_as_zalo_documents_it():
    found = render(
        Reply(
            "Bạn cần hỗ trợ gì?",
            (Choice("Tra cứu hồ sơ", payload="/x"), Choice("Mở cổng DVC", url="https://dichvucong.gov.vn")),
        )
    )
    payload = {
        "buttons": [
            {"title": "Tra cứu hồ sơ", "type": "oa.query.hide", "payload": "#token-/x"},
            {"title": "Mở cổng DVC", "type": "oa.open.url", "payload": {"url": "https://dichvucong.gov.vn"}},
        ]
    }
    message = {"text": "Bạn cần hỗ trợ gì?", "attachment": {"type": "template", "payload": payload}}
    assert found == [{"call": "consult", "recipient": {"user_id": "U"}, "message": message}]


def test_a_plain_text_has_no_attachment():
    assert render(Reply("Chào")) == [
        {"call": "consult", "recipient": {"user_id": "U"}, "message": {"text": "Chào"}}
    ]


def test_an_anonymous_visitor_is_answered_in_the_conversation():
    (call,) = render(Reply("Chào"), "anon:a1:c2")
    assert call["recipient"] == {"anonymous_id": "a1", "conversation_id": "c2"}


def test_a_long_text_is_split_and_buttons_come_last():
    text = "\n\n".join(f"Đoạn {n}: " + "giấy tờ " * 100 for n in range(5))
    calls = render(Reply(text, (Choice("Nộp", payload="/x"),)))
    assert len(calls) == 3
    assert all(len(call["message"]["text"]) <= 2000 for call in calls)
    assert [len(buttons(call)) for call in calls] == [0, 0, 1]


@pytest.mark.parametrize(
    ("count", "rows"), [(0, [0]), (1, [1]), (5, [5]), (6, [5, 1]), (10, [5, 5]), (11, [5, 5, 1])]
)
def test_more_than_five_buttons_go_on_further_messages(count, rows):
    calls = render(Reply("Chọn:", tuple(Choice(f"Mục {n}", payload=str(n)) for n in range(count))))
    assert [len(buttons(call)) for call in calls] == rows
    assert [call["message"]["text"] for call in calls] == ["Chọn:"] + [MORE] * (len(rows) - 1)
    shown = [button["title"] for call in calls for button in buttons(call)]
    assert shown == [f"Mục {n}" for n in range(count)]


def test_buttons_without_a_text_get_one_and_nothing_is_no_call():
    assert [call["message"]["text"] for call in render(Reply("", (Choice("A", payload="a"),)))] == [MORE]
    assert render(Reply(" ")) == []


def test_titles_are_cut_and_buttons_that_do_nothing_are_dropped():
    (call,) = render(
        Reply(
            "x",
            (
                Choice("Thủ tục " * 30, payload="a"),
                Choice("", payload="b"),
                Choice("c"),
                Choice("d", url="http://a.vn"),
            ),
        )
    )
    (button,) = buttons(call)
    assert len(button["title"]) <= 100 and button["title"].endswith("…")


def test_a_page_on_ones_own_machine_is_spelled_out():
    url = "http://10.0.0.7:8080/danh-muc/x"
    (call,) = render(Reply("Mời anh/chị", (Choice("Danh mục", url=url),)))
    assert call["message"] == {"text": f"Mời anh/chị\nDanh mục: {url}"}


def test_decomposed_letters_are_composed_before_counting():
    (call,) = render(Reply(unicodedata.normalize("NFD", "ệ" * 1500)))
    assert call["message"]["text"] == "ệ" * 1500


@given(st.text(alphabet="aệ \n.😀", max_size=9000), st.integers(0, 13))
def test_every_call_is_within_the_limits(text, count):
    choices = tuple(Choice(f"Mục {n}" * 30, payload=str(n)) for n in range(count))
    calls = render(Reply(text, choices))
    for call in calls:
        assert 0 < len(call["message"]["text"]) <= 2000
        assert len(buttons(call)) <= 5
        assert all(len(button["title"]) <= 100 for button in buttons(call))
    assert sum(len(buttons(call)) for call in calls) == count
    kept = "".join(call["message"]["text"] for call in calls if call["message"]["text"] != MORE)
    assert "".join(kept.split()) == "".join(text.split())


def test_template():
    found = template("U", "297400", {"ma_ho_so": "H49.01-1"})
    body = {"user_id": "U", "template_id": "297400", "template_data": {"ma_ho_so": "H49.01-1"}}
    assert found == {"call": "template", **body}
    with pytest.raises(ValueError, match="anonymous"):
        template("anon:a:b", "297400", {})
