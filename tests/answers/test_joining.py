"""Two procedures in one message. One of them left out sends the citizen home without the other's papers."""

import pytest

from bot.answers.intent import Intent
from bot.answers.joining import splits, two_named

BIRTH, RESIDENCE, MARITAL, LICENCE, CERTIFY = "1.001193", "1.004222", "1.004873", "3.000333", "2.000815"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("vừa muốn khai sinh vừa nhập khẩu", 1),
        ("vua khai sinh vua nhap khau", 1),
        ("khai sinh và nhập khẩu", 1),
        ("khai sinh với nhập khẩu", 1),
        ("khai sinh lẫn nhập khẩu", 1),
        ("khai sinh va nhap khau", 1),
        ("khai sinh + nhập khẩu", 1),
        ("khai sinh và nhập khẩu và kết hôn", 2),
        ("có khai sinh rồi muốn nhập khẩu", 0),
        ("so với năm ngoái", 0),
        ("lam lan dau", 0),
        ("đăng ký khai sinh", 0),
        ("và", 0),
        ("", 0),
    ],
)
def test_ways_to_read_a_message_in_two(text, count):
    assert len(list(splits(text))) == count


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("xin giấy độc thân với nhập hộ khẩu", (MARITAL, RESIDENCE)),
        ("đăng ký khai sinh rồi nhập hộ khẩu luôn", (BIRTH, RESIDENCE)),
        ("cấp đổi giấy phép lái xe kèm chứng thực bản sao từ bản chính", (LICENCE, CERTIFY)),
        ("đăng ký khai sinh với người nhà", ()),
        ("nhập hộ khẩu với nhập hộ khẩu", ()),
        ("thả diều và bắt cá", ()),
    ],
)
def test_both_have_to_be_plainly_named(knowledge, text, codes):
    assert two_named(text, knowledge) == codes


def test_the_second_part_is_looked_for_only_beside_a_first_one(knowledge, monkeypatch):
    """Citizens wait for every search, and "với" joins two procedures in few messages."""
    find, sought = knowledge.resolver.find, []

    def finding(text):
        sought.append(text)
        return find(text)

    monkeypatch.setattr(knowledge.resolver, "find", finding)
    assert two_named("con chim xanh kia với đăng ký khai sinh", knowledge) == ()
    assert sought == ["con chim xanh kia"]
    assert two_named("đăng ký khai sinh với nhập hộ khẩu nhé", knowledge) == (BIRTH, RESIDENCE)
    assert sought[1:3] == ["đăng ký khai sinh", "nhập hộ khẩu nhé"]


def test_the_next_question_may_name_either(ask):
    """Both answered about stay at hand: "nhập khẩu mấy ngày" is about the one, "lệ phí" about the last."""
    first = ask("đăng ký khai sinh rồi nhập hộ khẩu luôn", Intent.ASK_DOCUMENTS)
    assert first.context.options == (BIRTH, RESIDENCE)
    assert ask("khai sinh mấy ngày", Intent.ASK_TIME, first.context).procedure_code == BIRTH
    assert ask("lệ phí bao nhiêu", Intent.ASK_FEE, first.context).procedure_code == RESIDENCE
