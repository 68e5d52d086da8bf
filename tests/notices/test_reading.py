"""What citizens lose when these fail: a way to stop messages, or an answer to quite another question."""

import pytest

from bot.notices.reading import Wish, before_wish, read_consent, read_wish
from tests.notices.conftest import WORDS


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("đừng nhắc nữa", Wish.STOP),
        ("dung nhac nua", Wish.STOP),
        ("Tắt nhắc", Wish.STOP),
        ("thôi đừng nhắc tôi nữa ạ", Wish.STOP),
        ("thôi nhắc đi", Wish.STOP),
        ("vậy đừng nhắc tôi nữa ạ", Wish.STOP),
        ("không cần nhắc tôi ngày mai", Wish.STOP),
        ("huỷ thông báo nhé", Wish.STOP),
        ("không muốn nhận thông báo nữa", Wish.STOP),
        ("hủy thông báo lưu trú thế nào", None),
        ("không nhận thông báo thuế thì hỏi ở đâu", None),
        ("rút đồng ý", Wish.WITHDRAW),
        ("toi muon rut lai dong y", Wish.WITHDRAW),
        ("tôi đã đồng ý gì", Wish.LIST),
        ("toi da dong y nhung gi roi", Wish.LIST),
        ("nhắc tôi thứ hai", Wish.REMIND),
        ("dạ nhắc giúp em thứ 6", Wish.REMIND),
        ("nhắc tôi nhé", Wish.REMIND_SOMETIME),
        ("bật nhắc", Wish.REMIND_SOMETIME),
        ("nhắc lại lệ phí khai sinh", None),
        ("lệ phí khai sinh bao nhiêu", None),
        ("không đồng ý với kết quả thì khiếu nại ở đâu", None),
        ("tôi đồng ý", None),
    ],
)
def test_wishes_are_told_from_questions(said: str, wish: Wish | None) -> None:
    assert read_wish(said, WORDS.said) is wish


@pytest.mark.parametrize(
    ("said", "agreed"),
    [
        ("đồng ý", True),
        ("Vâng, tôi đồng ý ạ", True),
        ("dong y", True),
        ("có ạ", True),
        ("không", False),
        ("không đồng ý ạ", False),
        ("thôi", False),
        ("ok", None),
        ("vâng", None),
        ("", None),
        ("được không", None),
        ("có mất phí không", None),
        ("lệ phí bao nhiêu", None),
    ],
)
def test_only_clear_words_agree(said: str, agreed: bool | None) -> None:
    assert read_consent(said, WORDS.said) is agreed


def test_the_time_may_stand_before_the_wish() -> None:
    assert before_wish("cuối tuần nhắc tôi", WORDS.said) == "cuoi tuan"
    assert before_wish("lệ phí bao nhiêu", WORDS.said) == ""
