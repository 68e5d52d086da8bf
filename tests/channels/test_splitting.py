"""A long answer arrives whole: no part is refused by the channel and none ends inside a word or a number."""

import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.splitting import Measure, split, utf8_bytes, utf16_units

MEASURES: list[Measure] = [len, utf16_units, utf8_bytes]
VIETNAMESE = "Anh/chị nộp tờ khai, giấy chứng sinh. Không mất lệ phí! 👨‍👩‍👧 \n\n đường ự ử"


def solid(text: str) -> str:
    """The text without white space: what no cut may lose."""
    return "".join(unicodedata.normalize("NFC", text).split())


def test_units_are_those_of_the_platforms():
    """Hand-counted: an emoji outside the first plane is 2 UTF-16 units and 4 bytes; ế is 1 and 3."""
    assert (utf16_units("ế👍"), utf8_bytes("ế👍"), utf8_bytes("\ud83d")) == (3, 7, 3)


def test_a_short_text_stays_one_message():
    assert split("  Chào anh/chị. \n", 2000) == ["Chào anh/chị."]
    assert split(" \n ", 2000) == []


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("Hồ sơ gồm:\nmột. hai\n\nba bốn. năm\nsáu", 30, ["Hồ sơ gồm:\nmột. hai", "ba bốn. năm\nsáu"]),
        ("một hai\nba. bốn năm", 17, ["một hai", "ba. bốn năm"]),
        ("Có. Phí là 0 đồng. Nộp tại xã", 22, ["Có. Phí là 0 đồng.", "Nộp tại xã"]),
        ("khai sinh quá hạn", 12, ["khai sinh", "quá hạn"]),
        ("gọi tổng đài 1900 558 826", 20, ["gọi tổng đài", "1900 558 826"]),
        ("phí:1.500.000", 12, ["phí:", "1.500.000"]),
        ("xem:https://dichvucong.gov.vn/p", 28, ["xem:", "https://dichvucong.gov.vn/p"]),
        ("A\n\nmột hai ba bốn năm sáu", 20, ["A\n\nmột hai ba bốn", "năm sáu"]),
    ],
)
def test_cuts_where_a_reader_pauses(text: str, limit: int, parts: list[str]):
    assert split(text, limit) == parts


def test_ten_thousand_characters_without_a_space_still_go_out():
    parts = split("x" * 10_000, 4096)
    assert [len(part) for part in parts] == [4096, 4096, 1808]


def test_a_family_emoji_and_a_stacked_letter_are_never_torn():
    family = "👨‍👩‍👧"
    assert split(family * 3, 10, utf16_units) == [family] * 3
    assert split("ạ̈" * 4, 3) == ["ạ̈"] * 4


def test_a_decomposed_letter_is_composed_before_it_is_counted():
    assert split(unicodedata.normalize("NFD", "đường ự"), 7) == ["đường ự"]


def test_a_limit_without_room_for_a_letter_is_an_error_and_no_endless_loop():
    with pytest.raises(ValueError, match="no room"):
        split("👍", 3, utf8_bytes)
    with pytest.raises(ValueError, match="no room"):
        split("a", 0)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from(VIETNAMESE), st.characters()), max_size=300),
    st.integers(4, 60),
    st.sampled_from(MEASURES),
)
def test_nothing_is_lost_and_no_part_is_over_the_limit(text: str, limit: int, measure: Measure):
    parts = split(text, limit, measure)
    assert all(part and part == part.strip() and measure(part) <= limit for part in parts)
    assert "".join(solid(part) for part in parts) == solid(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.one_of(st.sampled_from(VIETNAMESE), st.sampled_from("\u0301\u0323\u200d🇻🇳")), max_size=200))
def test_marks_stay_with_their_letter(text: str):
    """A part that begins with a mark shows a dotted circle; only an endless cluster may be cut."""
    normal = unicodedata.normalize("NFC", text).strip()
    longest = max((len(cluster) for cluster in regex.findall(r"\X", normal)), default=0)
    for part in split(text, max(longest, 12))[1:]:
        assert not regex.match(r"[\p{M}\u200d]", part)
