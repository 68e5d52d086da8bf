"""Finding the procedure from a citizen's words. A wrong first hit is an answer about a wrong procedure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.search import Setting
from bot.text import analyse


def codes(hits):
    return [hit.procedure.code for hit in hits]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("làm khai sinh cho con cần giấy tờ gì", "1.000001"),
        ("lam khai sinh cho con can giay to gi", "1.000001"),
        ("giấy độc thân xin ở đâu", "1.000003"),
        ("giay doc than xin o dau", "1.000003"),
        ("nhập khẩu cho vợ", "1.000004"),
        ("nhap khau cho vo", "1.000004"),
        ("đổi bằng lái xe hết hạn", "1.000005"),
        ("sao y chứng minh thư", "1.000007"),
        ("mất căn cước thì làm lại thế nào", "1.000008"),
        ("đăng kí kết hon", "1.000002"),
        ("đăng ký khai sihn", "1.000001"),
        ("khai xinh cho cháu", "1.000001"),
        ("ấp đổi bằng li xe", "1.000005"),
        ("giấy đọc thân", "1.000003"),
        ("đăng k thường tr", "1.000004"),
    ],
)
def test_the_procedure_is_found_by_folk_name_without_accents_and_with_slips(index, question, code):
    assert codes(index.search(analyse(question)))[0] == code


def test_unaccented_and_accented_name_give_the_same_order_at_the_top(index):
    accented = codes(index.search(analyse("đăng ký thường trú")))
    plain = codes(index.search(analyse("dang ky thuong tru")))
    assert accented[0] == plain[0] == "1.000004"


def test_the_north_eastern_l_for_n_is_heard(index_of, make):
    index = index_of(
        make("1.000001", "Nộp tiền nuôi trồng thủy sản"), make("1.000002", "Khai thác khoáng sản")
    )
    assert codes(index.search(analyse("lộp tiền luôi trồng")))[0] == "1.000001"


def test_an_empty_catalogue_finds_nothing_and_does_not_break(index_of):
    empty = index_of()
    assert len(empty) == 0
    assert empty.search(analyse("khai sinh")) == []
    assert empty.read(analyse("khai sinh")).folded == ("khai", "sinh")


def test_a_catalogue_of_one_procedure_is_searched(index_of, make):
    index = index_of(make("1.000001", "Đăng ký khai sinh"))
    assert codes(index.search(analyse("khai sinh"))) == ["1.000001"]
    assert index.search(analyse("hello world")) == []


def test_a_record_whose_name_holds_no_word_is_left_out_of_search_only(index_of, make):
    index = index_of(make("1.000001", "…"), make("1.000002", "Đăng ký khai sinh"), make("1.000003", "!!!"))
    assert codes(index.search(analyse("khai sinh"))) == ["1.000002"]


def test_words_of_no_name_find_nothing(index):
    assert index.search(analyse("xyzzy qwrt")) == []


def test_a_text_without_words_finds_nothing(index):
    for text in ("", "   ", "???", "😀😀", "…!"):
        assert index.search(analyse(text)) == []


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE procedure; --", "/restart{}", "khai sinh" * 300, "\x00\x01 khai sinh"]
)
def test_hostile_text_is_only_text(index, text):
    hits = index.search(analyse(text))
    assert sum(hit.probability for hit in hits) <= 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_probabilities(index, text):
    hits = index.search(analyse(text))
    assert all(0 <= hit.probability <= 1 for hit in hits)
    assert sum(hit.probability for hit in hits) <= 1 + 1e-9
    assert [h.probability for h in hits] == sorted((h.probability for h in hits), reverse=True)


def test_at_most_the_limit_is_returned(index):
    assert len(index.search(analyse("đăng ký cấp giấy"), limit=2)) == 2


def test_the_procedure_spoken_of_wins_between_equals(index_of, make):
    """A follow-up "giấy phép" after driving licences must not jump to work permits."""
    index = index_of(make("1.000001", "Cấp giấy phép A"), make("1.000002", "Cấp giấy phép B"))
    assert codes(index.search(analyse("giấy phép")))[0] == "1.000001"
    assert codes(index.search(analyse("giấy phép"), Setting("1.000002")))[0] == "1.000002"


def test_cc_before_a_trade_is_a_certificate_and_by_itself_the_identity_card(index_of, make):
    index = index_of(
        make("1.000001", "Cấp lại thẻ căn cước"),
        make("1.000002", "Cấp lại chứng chỉ hành nghề kế toán"),
        make("1.000003", "Cấp chứng chỉ hành nghề môi giới bất động sản"),
    )
    assert codes(index.search(analyse("mất cc kế toán")))[0] == "1.000002"
    assert codes(index.search(analyse("xin cc môi giới nhà đất")))[0] == "1.000003"
    assert codes(index.search(analyse("làm lại cc")))[0] == "1.000001"


def test_an_alias_finds_its_procedure(index_of, make):
    index = index_of(
        make("1.000001", "Đăng ký khai sinh"), make("1.000002", "Hỗ trợ mai táng", aliases=("tiền tuất",))
    )
    assert codes(index.search(analyse("xin tiền tuất")))[0] == "1.000002"


def test_a_repeated_word_keeps_the_weight_it_has_as_a_content_word(index):
    """ "cấp lại giấy phép … với ạ giấy phép" must not lose the words said twice."""
    once = dict(index.read(analyse("khai sinh")).terms)
    twice = dict(index.read(analyse("khai sinh khai sinh")).terms)
    assert twice["f:khai"] == once["f:khai"] == 1.0


def test_words_of_every_sentence_do_not_outweigh_what_is_wanted(index_of, make):
    """A long story would otherwise lead to whatever name holds most of its small words."""
    index = index_of(
        make("1.000001", "Người trong nhà từ hai mươi tuổi"), make("1.000002", "Cấp mã số vùng trồng")
    )
    asked = "nhà em hai mươi cây trong vườn, xin mã vùng trồng"
    assert codes(index.search(analyse(asked)))[0] == "1.000002"
    read = index.read(analyse(asked))
    assert {"nha", "trong", "hai"} & read.everyday
    assert "vung" not in read.everyday


def test_a_number_is_an_everyday_word(index):
    assert index.read(analyse("con 17 tuổi làm căn cước")).everyday >= {"17", "tuoi"}
