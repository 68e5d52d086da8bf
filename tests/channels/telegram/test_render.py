"""What Telegram would refuse never leaves, and a citizen reads what was written."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.message import Choice, Reply
from bot.channels.splitting import utf16_units
from bot.channels.telegram.render import TEXT_UNITS, TITLE_LENGTH, calls, capped, keyboard, marked, plain
from bot.conversations.said import Card


class _Reader(HTMLParser):
    """Text as Telegram shows it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def _shown(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


def _token(choice: Choice) -> str:
    return f"k{len(choice.title)}"


def test_an_answer_is_one_message_without_a_preview_of_its_links() -> None:
    (call,) = calls(
        "111", Reply("Lệ phí < 8.000 đồng & miễn cho trẻ em. https://dichvucong.gov.vn/a?b=1&c=2"), _token
    )
    assert call == {
        "method": "sendMessage",
        "params": {
            "chat_id": 111,
            "text": "Lệ phí &lt; 8.000 đồng &amp; miễn cho trẻ em. https://dichvucong.gov.vn/a?b=1&amp;c=2",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.text(max_size=5))
def test_whatever_is_written_is_shown_as_written(text: str, name: str) -> None:
    html = marked(text, name)
    assert _shown(html) == text
    assert plain({"text": html, "parse_mode": "HTML"}) == {"text": text}


def test_the_procedure_is_bold_where_it_is_first_named() -> None:
    assert marked("Tầng & amp", "amp") == "Tầng &amp; <b>amp</b>"
    assert marked("Cấp <A> & B, Cấp <A>", "<A>") == "Cấp <b>&lt;A&gt;</b> &amp; B, Cấp &lt;A&gt;"
    (call,) = calls("1", Reply("Đăng ký khai sinh: 0 đồng", card=Card(name="Đăng ký khai sinh")), _token)
    assert call["params"]["text"] == "<b>Đăng ký khai sinh</b>: 0 đồng"


def test_a_long_answer_comes_whole_in_parts_with_the_buttons_under_the_last() -> None:
    """4,096 counts UTF-16 units as shown: astral letters count twice, ``&amp;`` once."""
    text = "\n\n".join(f"{number}. " + "𝕏&<đ " * 300 for number in range(6))
    found = calls("1", Reply(text, (Choice("Lệ phí", "/ask_fee"),)), _token)
    shown = [_shown(call["params"]["text"]) for call in found]
    assert len(found) > 1 and all(utf16_units(part) <= TEXT_UNITS for part in shown)
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert ["reply_markup" in call["params"] for call in found] == [False] * (len(found) - 1) + [True]


def test_buttons_without_words_still_have_a_message_and_silence_stays_silence() -> None:
    (call,) = calls("1", Reply("", (Choice("Có", "/affirm"),)), _token)
    assert call["params"]["text"] and "reply_markup" in call["params"]
    assert calls("1", Reply("  \n"), _token) == []


def test_short_titles_stand_in_pairs_and_long_ones_alone() -> None:
    titles = ["Có", "Không", "Xem lệ phí và thời hạn giải quyết", "Nơi nộp", "Mẫu đơn", "Khác"]
    rows = keyboard([Choice(title, "/x") for title in titles], _token)
    assert [[key["text"] for key in row] for row in rows] == [
        titles[:2],
        titles[2:3],
        titles[3:5],
        titles[5:],
    ]


def test_only_what_leads_somewhere_safe_becomes_a_button() -> None:
    choices = [
        Choice("Cổng", url="https://dichvucong.gov.vn"),
        Choice("Xấu", url="http://example.vn"),
        Choice("Xấu", url="javascript:alert(1)"),
        Choice("Trống"),
        Choice(" ", "/x"),
        Choice("Lệ phí", "/ask_fee"),
    ]
    keys = [key for row in keyboard(choices, _token) for key in row]
    assert keys == [
        {"text": "Cổng", "url": "https://dichvucong.gov.vn"},
        {"text": "Lệ phí", "callback_data": "t:k6"},
    ]


def test_a_page_on_ones_own_machine_is_spelled_out_since_telegram_refuses_it_under_a_button() -> None:
    """One such button and Telegram would take nothing of the answer."""
    url = "http://127.0.0.1:8080/to-khai/x"
    reply = Reply("Mời anh/chị", (Choice("Điền sẵn tờ khai", url=url), Choice("Lệ phí", "/ask_fee")))
    (call,) = calls("7", reply, _token)
    assert call["params"]["text"] == f"Mời anh/chị\nĐiền sẵn tờ khai: {url}"
    assert call["params"]["reply_markup"]["inline_keyboard"] == [
        [{"text": "Lệ phí", "callback_data": "t:k6"}]
    ]


def test_the_payload_stays_with_us_and_a_token_that_does_not_fit_is_an_error() -> None:
    (((key),),) = keyboard([Choice("A", "/select_option" + "x" * 500)], lambda _: "a" * 62)
    assert key["callback_data"] == "t:" + "a" * 62
    with pytest.raises(ValueError, match="63 bytes"):
        keyboard([Choice("A", "/x")], lambda _: "a" * 63)


def test_more_buttons_than_telegram_takes_do_not_lose_the_answer() -> None:
    rows = keyboard([Choice(f"{number}", "/x") for number in range(130)], _token)
    assert sum(len(row) for row in rows) == 100


def test_long_names_that_differ_at_the_end_stay_different() -> None:
    start = "Đăng ký lại việc khai sinh cho người đã có hồ sơ, giấy tờ cá nhân "
    home, abroad = capped(start + "ở trong nước"), capped(start + "có yếu tố nước ngoài")
    assert home != abroad
    assert max(len(home), len(abroad)) <= TITLE_LENGTH
    assert (home[:7], home[-8:]) == ("Đăng ký", "rong nước"[-8:])
