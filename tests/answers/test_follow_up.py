"""Follow-ups. Searched afresh, "bao giờ lấy được giấy" is answered about somebody else's paper."""

import pytest

from bot.answers.context import Context
from bot.answers.follow_up import leans_back
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.subject import named, said, told, unexplained

BIRTH, RESIDENCE, LICENCE = "1.001193", "1.004222", "3.000333"
AFTER_RESIDENCE = Context(procedure=RESIDENCE, intent=Intent.ASK_DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("bao giờ thì lấy được giấy", Intent.ASK_TIME),
        ("lệ phí có khác nhau không", Intent.ASK_FEE),
        ("có sẵn mẫu tờ khai không", Intent.ASK_FORM),
        ("công an xã hay phường ký", Intent.ASK_AUTHORITY),
        ("mẹ em có phải lên tận nơi không", Intent.ASK_LEVEL),
        ("may ngay co ket qua", Intent.ASK_TIME),
    ],
)
def test_a_message_without_a_subject_keeps_the_procedure(ask, text, intent):
    reply = ask(text, intent, AFTER_RESIDENCE)
    assert reply.procedure_code == RESIDENCE and reply.context.intent is intent


def test_a_new_subject_is_answered_about(ask):
    reply = ask("đổi giấy phép lái xe mấy ngày", Intent.ASK_TIME, AFTER_RESIDENCE)
    assert reply.procedure_code == LICENCE


@pytest.mark.parametrize(
    ("text", "guessed", "kind"),
    [
        ("thế phí?", Intent.PAYMENT_PROBLEM, Intent.ASK_FEE),
        ("giấy tờ sao", Intent.ASK_PROCEDURE, Intent.ASK_DOCUMENTS),
        ("vậy khi nào xong thì tiền về", Intent.OUT_OF_SCOPE, Intent.ASK_TIME),
        ("còn tiền nong?", Intent.ASK_PROCEDURE, Intent.ASK_FEE),
        ("thế bố mẹ thì sao", Intent.OUT_OF_SCOPE, Intent.ASK_DOCUMENTS),
    ],
)
def test_few_words_that_ask_for_a_fact_decide_the_kind(ask, text, guessed, kind):
    reply = ask(text, guessed, AFTER_RESIDENCE)
    assert (reply.procedure_code, reply.intent) == (RESIDENCE, kind)


def test_what_no_procedure_is_about_stays_refused(ask):
    reply = ask("thế thời tiết hôm nay thì sao", Intent.OUT_OF_SCOPE, AFTER_RESIDENCE)
    assert reply.outcome is Outcome.OUT_OF_SCOPE


def test_the_same_words_name_nothing_in_a_fresh_conversation(ask):
    assert ask("thế phí?", Intent.ASK_FEE).outcome is Outcome.ASKED_BACK


def test_a_question_before_the_choice_offers_the_same_choice_again(ask):
    offered = Context(options=("1.003658", "1.003659"), pending=Intent.ASK_DOCUMENTS)
    reply = ask("thế lệ phí bao nhiêu", Intent.ASK_FEE, offered)
    assert reply.outcome is Outcome.ASKED_BACK and reply.context.options == offered.options
    assert reply.context.pending is Intent.ASK_FEE


@pytest.mark.parametrize("text", ["thế con tôi thì sao", "còn ở quê", "vậy mai", "trẻ em thì sao"])
def test_beginnings_and_ends_of_follow_ups(text):
    assert leans_back(text)


def test_a_first_question_does_not_lean_back():
    assert not leans_back("đăng ký khai sinh cần gì")


def test_the_subject_is_what_no_question_word_says(knowledge):
    heard = said("bao lâu thì lấy được thẻ căn cước", knowledge)
    assert set(heard.subject) == {"can", "cuoc"} and heard.kind is Intent.ASK_TIME


def test_words_of_a_procedure(catalogue):
    birth = catalogue.procedures[BIRTH]
    assert unexplained(("khai", "sinh"), named(birth)) == 0
    assert unexplained(("chung", "sinh", "kinh", "doanh"), told(birth)) == 2


def test_the_same_elsewhere_is_no_other_procedure(ask):
    """The word for land alone names many procedures; after a transfer it is the land transferred."""
    after = Context(procedure="3.000111", intent=Intent.ASK_PLACE)
    reply = ask("còn đất ở Vân Đồn thì sao", Intent.ASK_PLACE, after, unit="06994")
    assert reply.procedure_code == "3.000111"
