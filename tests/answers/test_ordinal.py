"""Picking from a list in words. A wrong pick is an answer about a wrong procedure."""

import pytest

from bot.answers.ordinal import only_a_pick, picked, points
from bot.text import analyse


@pytest.mark.parametrize(
    ("text", "size", "position"),
    [
        ("2", 4, 1),
        ("số 3", 4, 2),
        ("cái thứ hai", 4, 1),
        ("cai thu 2", 4, 1),
        ("cái đầu tiên", 4, 0),
        ("thứ nhất ạ", 4, 0),
        ("cái cuối", 4, 3),
        ("cái thứ tư", 4, 3),
        ("chọn 1", 4, 0),
        ("hai", 4, 1),
        ("10", 16, 9),
        ("số 12", 16, 11),
        ("5", 4, None),
        ("0", 4, None),
        ("²", 4, None),
        ("cuối cùng", 3, 2),
        ("giấy cưới", 4, None),
        ("2", 0, None),
        ("12", 8, None),
        ("đăng ký khai sinh", 4, None),
    ],
)
def test_the_number_of_the_list_is_picked(text, size, position):
    assert picked(analyse(text).folded, size) == position


@pytest.mark.parametrize("text", ["cái thứ hai ạ", "số 3 nhé", "2", "cho em cái cuối", "thủ tục thứ 2"])
def test_a_bare_pick_is_recognised(text):
    assert only_a_pick(analyse(text).folded)


@pytest.mark.parametrize("text", ["mức 3 là gì", "thứ 7 mở ko", "lệ phí số 2", "thứ hai nộp đc", "2 con"])
def test_a_question_with_a_number_in_it_is_not_a_pick(text):
    assert not only_a_pick(analyse(text).folded)


@pytest.mark.parametrize("text", ["số 1", "mục 2 nhé", "cho em chọn mục 3", "cái thứ hai", "loại 1 ạ"])
def test_pointing_is_recognised_without_a_list(text):
    """ "Số 1" with no list to look at must not be searched for."""
    assert points(analyse(text).folded)


@pytest.mark.parametrize("text", ["số 113", "phiếu số 1", "cái này", "thứ 7 mở không", "2"])
def test_what_only_looks_like_pointing(text):
    assert not points(analyse(text).folded)
