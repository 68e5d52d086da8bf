"""Variants must be what citizens type and always the same, or figures cannot be compared."""

import unicodedata

import pytest

from bot.evaluation.input_methods import telex, vni, without_accents
from bot.evaluation.variants import VARIANTS, vary
from bot.text import decode_typing, fold

QUESTION = "Làm khai sinh cho con, nộp hồ sơ 1.001193 ở ủy ban nhân dân xã, mã H49.22-261121-0001 lệ phí sao?"


@pytest.mark.parametrize("name", VARIANTS)
def test_identifiers_stay_untouched_and_the_result_is_the_same_every_time(name):
    varied = vary(QUESTION, name)
    assert "1.001193" in varied and "H49.22-261121-0001" in varied
    assert varied == vary(QUESTION, name)
    assert varied != QUESTION


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("text", ["", "?", "👍", "1.001193", "a", "SELECT * FROM x;--", "đ"])
def test_every_text_can_be_varied(name, text):
    assert isinstance(vary(text, name), str)


def test_accent_variants():
    assert vary("Đường Lê Lợi", "unaccented") == "Duong Le Loi"
    assert fold(vary(QUESTION, "half_accented")) == fold(QUESTION)
    assert vary("lệ phí", "upper") == "LỆ PHÍ"
    assert vary("lệ phí", "nfd") == unicodedata.normalize("NFD", "lệ phí")


@pytest.mark.parametrize("word", ["đường", "nghĩa", "chuyển", "hộ", "quyền", "thủy"])
def test_keys_of_input_methods_spell_the_word_they_came_from(word):
    assert fold(decode_typing(telex(word)) or "") == fold(word)
    assert fold(decode_typing(vni(word)) or "") == fold(word)


def test_keys_by_hand():
    assert (telex("Đường"), vni("đường")) == ("Dduwowngf", "d9u7o7ng2")
    assert telex("con") == "con"
    assert without_accents("Đặc") == "Dac"


def test_slips_change_as_many_letters_as_they_say():
    assert len(vary("nghiệp", "dropped_letter")) == 5
    assert len(vary("nghiệp", "neighbour_key")) == 6
    assert len(vary("nghiệp", "doubled_letter")) in (7, 8)


def test_abbreviations_take_the_longest_meaning():
    assert vary("ủy ban nhân dân", "teen_code") == "ubnd"
    assert vary("ỦY BAN NHÂN DÂN tỉnh", "teen_code") == "ubnd tỉnh"


def test_swaps_leave_ng_and_nh_alone():
    assert vary("lệ", "ln_swap") == "nệ"
    assert vary("nghề nhà", "ln_swap") == "nghề nhà"
    assert vary("Sổ", "sx_swap") == "Xổ"


def test_an_unknown_variant_is_refused():
    with pytest.raises(KeyError):
        vary("a", "nosuch")
