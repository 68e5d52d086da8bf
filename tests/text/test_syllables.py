"""Syllable tables, canonical spelling, keystroke decoding, regional swaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import canonical, decode_typing, fold, is_syllable, swaps

_SYLLABLES = (
    "giấy khai sinh quyền quốc nghiêng khuỷu giếng gì gìn thuở huơ xoong quýt oái yêu uống ngoằn đường ở "
    "trích lục chứng thực hộ tịch Hồ Sơ khoẻ toàn trình ủy"
)


@pytest.mark.parametrize("syllable", _SYLLABLES.split())
def test_vietnamese_syllables_are_known_with_and_without_accents(syllable: str) -> None:
    assert is_syllable(syllable)
    assert is_syllable(fold(syllable))


@pytest.mark.parametrize("other", ["form", "xyz", "abc", "hòc", "cê", "ngê", "ddk", "", "b2", "ớớ", "file"])
def test_other_words_are_not_syllables(other: str) -> None:
    assert not is_syllable(other)


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("hoà", "hòa"), ("hòa", "hòa"), ("thuỷ", "thủy"), ("uỷ", "ủy"), ("kí", "ký"), ("LÍ", "lý"),
        ("mĩ", "mỹ"),
        ("tỉ", "tỷ"), ("quí", "quý"), ("sỹ", "sĩ"), ("tìm", "tìm"), ("toán", "toán"), ("già", "già"),
        ("được", "được"),
        ("nghĩa", "nghĩa"), ("quyền", "quyền"), ("ngoài", "ngoài"), ("khoẻ", "khỏe"), ("form", "form"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_syllable_become_one(typed: str, one: str) -> None:
    """ "uỷ quyền" would not find "ủy quyền"."""
    assert canonical(typed) == one


@given(st.text(alphabet="hoàòaủyỷukílýqngthiếêươđ", max_size=7))
def test_canonical_is_stable_and_agrees_with_folding(syllable: str) -> None:
    once = canonical(syllable)
    assert canonical(once) == once
    if is_syllable(syllable):
        assert fold(once) == canonical(fold(syllable))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng", "đăng"), ("hooj", "hộ"), ("khaaur", "khẩu"), ("kys", "ký"), ("dduowcj", "được"),
        ("dduocwj", "được"),
        ("tieengs", "tiếng"), ("d9a8ng", "đăng"), ("ho65", "hộ"), ("kha63u", "khẩu"), ("ky1", "ký"),
        ("d9u7o75c", "được"), ("thur", "thủ"), ("tucj", "tục"), ("giaays", "giấy"),
    ],
)  # fmt: skip
def test_input_method_residue_is_decoded(typed: str, meant: str) -> None:
    """A citizen whose keyboard was off would not be understood."""
    assert decode_typing(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "khai",
        "form",
        "max",
        "visa",
        "b2",
        "a1",
        "ct01",
        "kt3",
        "muc2",
        "gks",
        "sinh",
        "",
    ],
)
def test_words_that_stand_as_they_are_are_not_decoded(word: str) -> None:
    """ "muc2" read as a tone key would turn level 2 into another word."""
    assert decode_typing(word) is None


def test_swaps_offer_regional_alternatives() -> None:
    assert swaps("lop") == ("nop",)
    assert swaps("xo") == ("so",)
    assert swaps("chich") == ("trich",)
    assert set(swaps("gia")) == {"ra", "da"}
    assert swaps("nha") == ()


@given(st.text(alphabet="lnsxtrchdgiaeouy", max_size=6))
def test_swaps_are_other_syllables(folded: str) -> None:
    assert all(is_syllable(other) and other != folded for other in swaps(folded))
