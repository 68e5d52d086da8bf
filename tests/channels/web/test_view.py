"""What the widget shows leads only where it says, at the right place of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.view import find_links, is_safe, shown, unnumbered
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry
from bot.conversations.said import Card, FileRef, Offer, Said, Source


def _links(text: str) -> list[tuple[int, int, str]]:
    return [(link["start"], link["end"], link["url"]) for link in find_links(text)]


def test_offsets_count_utf16_units_as_browsers_do() -> None:
    # One emoji is two units: 2 + 1 space, then 24 characters of address.
    assert _links("🙂 https://a.gov.vn/thu-tuc.") == [(3, 27, "https://a.gov.vn/thu-tuc")]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("(xem https://a.vn/b_(c))", "https://a.vn/b_(c)"),
        ("“https://a.vn/b”, rồi", "https://a.vn/b"),
        ("https://a.vn/b?x=1&y=2!", "https://a.vn/b?x=1&y=2"),
        ("HTTPS://A.vn", "HTTPS://A.vn"),
    ],
)
def test_punctuation_of_the_sentence_is_not_part_of_the_address(text: str, url: str) -> None:
    assert [link[2] for link in _links(text)] == [url]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.vn",
        "javascript:alert(1)",
        "https://dichvucong.gov.vn@evil.example/",
        "https://dịchvụcông.vn/",
        "https://localhost/",
        "https://a.vn:99999/",
        "https://[::1]/",
        "",
    ],
)
def test_an_address_that_could_mislead_is_no_link(url: str) -> None:
    assert not is_safe(url)
    assert _links(url) == []
    assert not is_safe("https://a.vn/\nx")


@given(st.text(alphabet="ahttps:/.vn()@🙂 \n]", max_size=80))
def test_every_link_is_where_it_says(text: str) -> None:
    units = text.encode("utf-16-le")
    for start, end, url in _links(text):
        assert units[2 * start : 2 * end].decode("utf-16-le") == url


def test_a_first_question_is_offered_without_a_token() -> None:
    """Before the first message there is no conversation that could keep one: the button says its title."""
    greeting = unnumbered(Said("Xin chào", (Offer("Khai sinh cần gì?"),)), 1_800_000_000.0)
    assert greeting["buttons"] == [{"title": "Khai sinh cần gì?"}]


def test_a_message_has_the_shape_of_the_wire_format() -> None:
    said = Said(
        text="Xem https://a.gov.vn",
        buttons=(
            Offer("Lệ phí", token="tok"),
            Offer("Mở", url="https://a.gov.vn"),
            Offer("X", url="http://a.vn"),
        ),
        card=Card(
            "1.001193", "Khai sinh", ("Tờ khai",), (Source("Cổng", "1.001193", "http://a.vn", "2026-01-02"),)
        ),
        files=(FileRef("r", "a.pdf", 3, "application/pdf"),),
        outcome="answered",
    )
    assert shown(Entry(7, Author.ASSISTANT, Channel.TELEGRAM, said, 1_800_000_000.9)) == {
        "seq": 7,
        "author": "assistant",
        "channel": "telegram",
        "at": "2027-01-15T08:00:00Z",
        "text": "Xem https://a.gov.vn",
        "links": [{"start": 4, "end": 20, "url": "https://a.gov.vn"}],
        "buttons": [{"id": "tok", "title": "Lệ phí"}, {"url": "https://a.gov.vn", "title": "Mở"}],
        "card": {
            "code": "1.001193",
            "name": "Khai sinh",
            "checklist": ["Tờ khai"],
            "sources": [{"title": "Cổng", "code": "1.001193", "url": "", "date": "2026-01-02"}],
        },
        "files": [{"ref": "r", "name": "a.pdf", "size": 3, "type": "application/pdf"}],
        "outcome": "answered",
    }


def test_in_a_local_run_buttons_open_pages_of_the_gateway_itself() -> None:
    """Without this nobody trying the assistant on their own machine could open a form or a receipt."""
    home = "http://127.0.0.1:8080"
    urls = (f"{home}/to-khai/x", "http://127.0.0.1:80801/x", "http://127.0.0.1:8080.evil.vn/x", "http://a.vn")
    said = Said("Mời anh/chị", buttons=tuple(Offer("Mở", url=url) for url in urls))
    entry = Entry(7, Author.ASSISTANT, Channel.WEB, said, 0.0)
    assert shown(entry, home=home)["buttons"] == [{"url": urls[0], "title": "Mở"}]
    assert shown(entry)["buttons"] == []


def test_a_browser_sees_its_own_ids_only_and_no_links_in_citizens_words() -> None:
    said = Said("https://evil.example")
    entry = Entry(1, Author.CITIZEN, Channel.WEB, said, 0.0, "sid-one:msg")
    assert shown(entry, "sid-one")["client_msg_id"] == "msg"
    assert "client_msg_id" not in shown(entry, "sid-two")
    assert shown(entry, "sid-one")["links"] == []
