"""What a citizen puts right. Heard wrongly, the assistant goes on about the procedure just taken back."""

import pytest

from bot.answers.context import Context
from bot.answers.correction import asserted
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome

BIRTH, RESIDENCE, MARITAL, TEMPORARY = "1.001193", "1.004222", "1.004873", "1.003658"
AFTER_BIRTH = Context(procedure=BIRTH, intent=Intent.ASK_FEE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("à nhầm, làm cho bà ngoại", "làm cho bà ngoại"),
        ("nhầm rồi, giấy độc thân", "giấy độc thân"),
        ("không phải khai sinh, nhập khẩu cơ", "nhập khẩu"),
        ("khong phai khai sinh ma la nhap khau", "nhap khau"),
        ("xe máy chứ không phải ô tô", "xe máy"),
        ("à nhầm, làm cho chồng chứ không phải cho em", "làm cho chồng"),
        ("ý em là cấp lại ấy", "cấp lại"),
        ("xin lỗi viết nhầm, giấy độc thân", "giấy độc thân"),
        ("giấy độc thân cơ mà", "giấy độc thân"),
        ("không, tôi hỏi nhập khẩu", "tôi hỏi nhập khẩu"),
    ],
)
def test_only_what_is_asserted_is_kept(turn, text, meant):
    found = asserted(turn(text))
    assert found is not None and found.text == meant


@pytest.mark.parametrize(
    "text",
    [
        "không phải cái này",
        "nhầm rồi",
        "không",
        "không biết nộp ở đâu",
        "giấy khai sinh ghi nhầm tên bố",
        "có phải nộp bản chính không",
        "nhầm tên trên sổ đỏ thì sửa thế nào",
        "không có hộ khẩu thì làm được không",
        "y tế xã cấp giấy gì",
    ],
)
def test_nothing_is_cut_from_a_message_that_takes_nothing_back(turn, text):
    assert asserted(turn(text)) is None


def test_the_place_stays_where_it_is_named(turn):
    found = asserted(turn("à nhầm, ở Vân Đồn", unit="06994"))
    assert found is not None
    (mention,) = found.mentions
    assert found.text[mention.start : mention.end] == "Vân Đồn"


@pytest.mark.parametrize(
    "text", ["không phải khai sinh, nhập hộ khẩu cơ", "nhập hộ khẩu chứ không phải khai sinh"]
)
def test_the_procedure_asserted_gets_the_question_asked_before(ask, text):
    reply = ask(text, Intent.DENY, AFTER_BIRTH)
    assert (reply.procedure_code, reply.intent) == (RESIDENCE, Intent.ASK_FEE)


def test_another_person_is_no_other_procedure(ask):
    reply = ask("à nhầm, làm cho cháu chứ không phải cho con", Intent.DENY, AFTER_BIRTH)
    assert (reply.procedure_code, reply.intent) == (BIRTH, Intent.ASK_FEE)


def test_another_fact_is_answered_about_the_same_procedure(ask):
    reply = ask("à không phải lệ phí, thời gian cơ", Intent.DENY, AFTER_BIRTH)
    assert (reply.procedure_code, reply.intent) == (BIRTH, Intent.ASK_TIME)


def test_a_bare_no_gets_the_courtesy(ask):
    assert ask("không phải cái này", Intent.DENY, AFTER_BIRTH).outcome is Outcome.COURTESY
