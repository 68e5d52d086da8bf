"""Reading a whole message: what the search and the classifier see of it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import Analysis, analyse, fold

UTTERANCES = (Path(__file__).parent / "utterances.txt").read_text(encoding="utf-8").splitlines()


def _words(text: str) -> str:
    return " ".join(analyse(text).syllables)


def _unaccented(text: str) -> str:
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare).replace("đ", "d").replace("Đ", "D")


@pytest.mark.parametrize("utterance", UTTERANCES)
def test_unaccented_copy_reads_alike(utterance: str) -> None:
    """Whoever types without accents would get another answer."""
    assert analyse(utterance).folded == analyse(_unaccented(utterance)).folded


@pytest.mark.parametrize("utterance", UTTERANCES)
def test_decomposed_and_upper_case_copies_read_alike(utterance: str) -> None:
    """iPhone texts and shouted texts would find nothing."""
    assert analyse(unicodedata.normalize("NFD", utterance)).syllables == analyse(utterance).syllables
    assert analyse(utterance.upper()).folded == analyse(utterance).folded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys khai sinh caanf gi", "đăng ký khai sinh cần gi"),
        ("d9a8ng ky1 ho65 kinh doanh", "đăng ký hộ kinh doanh"),
        ("hooj khaaur", "hộ khẩu"),
        ("ho65 kha63u", "hộ khẩu"),
        ("khai sinhh", "khai sinh"),
        ("ddk khôngggg", "đăng ký không"),
        ("ĐĂNG KÍ", "đăng ký"),
        ("hoà thuỷ uỷ quyền lí lịch", "hòa thủy ủy quyền lý lịch"),
        ("gks2 cccd/cmt", "giấy khai sinh 2 căn cước công dân chứng minh thư"),
        ("lltp1", "lý lịch tư pháp 1"),
        ("mất xntthn ntn", "mất xác nhận tình trạng hôn nhân như thế nào"),
        ("muc2 vneid", "muc 2 vneid"),
        ("m.n ơi t.x đông triều", "mọi người ơi thị xã đông triều"),
        ("fí bnh v ạ", "phí bao nhiêu vậy ạ"),
    ],
)
def test_typing_residue_and_abbreviations_are_read(typed: str, meant: str) -> None:
    assert _words(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đk kết hôn", "đăng ký kết hôn"),
        ("ở đk cô tô", "ở đặc khu cô tô"),
        ("đk vân đồn", "đặc khu vân đồn"),
        ("em đủ đk chưa", "em đủ điều kiện chưa"),
        ("hs gồm gì", "hồ sơ gồm gì"),
        ("hs lớp 1", "học sinh lớp 1"),
        ("thẻ cho hs", "thẻ cho học sinh"),
        ("làm đc chưa", "làm được chưa"),
        ("sửa đc thường trú", "sửa địa chỉ thường trú"),
        ("giấy kt", "giấy khai tử"),
        ("kt hồ sơ", "kt hồ sơ"),
        ("đăng ký tt", "đăng ký tt"),
        ("150k", "150 nghìn"),
        ("k được", "không được"),
        ("được k", "được không"),
        ("bằng hạng c", "bằng hạng c"),
        ("quên mk", "quên mật khẩu"),
        ("cho a hỏi", "cho anh hỏi"),
        ("c/a ơi", "chị anh ơi"),
        ("duoc khong a", "duoc khong a"),
    ],
)
def test_ambiguous_abbreviations_follow_their_neighbours(typed: str, meant: str) -> None:
    assert _words(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trứng thực", "chứng thực"),
        ("xổ đỏ", "sổ đỏ"),
        ("xo do", "sổ đỏ"),
        ("khai xinh", "khai sinh"),
        ("lí lịt", "lý lịch"),
        ("căn cướt", "căn cước"),
        ("thường chú tạm chú", "thường trú tạm trú"),
        ("chích lục", "trích lục"),
        ("sác nhận hộ tịt", "xác nhận hộ tịch"),
        ("phường Hòn Gai", "phường hồng gai"),
        ("tách thữa", "tách thửa"),
        ("lễ phí", "lệ phí"),
        ("trung thuc", "trung thuc"),
        ("1 cửa", "một cửa"),
    ],
)
def test_misspelt_terms_are_rewritten_where_nothing_else_is_meant(typed: str, meant: str) -> None:
    assert _words(typed) == meant


def test_codes_and_dates_stay_whole() -> None:
    """A dossier or procedure code cut in pieces could not be looked up."""
    text = "H49.22-261119-0034 và 1.001193, 1.000894.000.00.00.H49 ngày 1/6/2020 hạng B2 mẫu CT01"
    assert [token.text for token in analyse(text).tokens] == [
        "H49.22-261119-0034", "và", "1.001193", "1.000894.000.00.00.H49", "ngày", "1/6/2020", "hạng", "B2",
        "mẫu", "CT01",
    ]  # fmt: skip


def test_offsets_refer_to_the_text_given() -> None:
    text = unicodedata.normalize("NFD", "Lệ phí  làm sổ đỏ?")
    tokens = analyse(text).tokens
    assert [unicodedata.normalize("NFC", token.text) for token in tokens] == [
        "Lệ",
        "phí",
        "làm",
        "sổ",
        "đỏ",
    ]


def test_accents_are_noticed() -> None:
    assert analyse("làm khai sinh cho con").accented
    assert not analyse("lam khai sinh cho con").accented
    assert not analyse("ddawng kys, 123 😀").accented
    assert not analyse("").accented


def _assert_sound(text: str, analysis: Analysis) -> None:
    end = 0
    for token in analysis.tokens:
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        assert token.forms and len(token.forms) == len(token.folded)
        end = token.end
    assert analysis.syllables == tuple(form for token in analysis.tokens for form in token.forms)
    assert analysis.folded == tuple(fold(syllable) for syllable in analysis.syllables)


@given(st.text())
def test_any_text_is_read_without_error(text: str) -> None:
    _assert_sound(text, analyse(text))


@given(
    st.text(
        alphabet=st.sampled_from("aăđsfrxjzwdo1269 .,-/:k\u0301\u0323\u200b\n😀कㄱ가ก"),
        max_size=60,
    )
)
def test_typing_noise_is_read_without_error(text: str) -> None:
    _assert_sound(text, analyse(text))


@pytest.mark.parametrize("piece", ["a", "1", "đăng ký ", "😀", "o0", "a.", "1.", "\u0301", "字", "\x00"])
def test_ten_thousand_characters_are_read(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    _assert_sound(text, analyse(text))
