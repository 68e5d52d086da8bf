"""A number sent by accident stays on the citizen's phone unless somebody says so."""

from bot.answers.incoming import receive
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.text import MAX_LENGTH


def test_who_sends_an_identity_number_is_told_to_delete_it_and_still_answered(ask, read):
    reply = ask(receive("đăng ký khai sinh cần gì, cccd của tôi 022089001234"), Intent.ASK_DOCUMENTS)
    assert reply.outcome is Outcome.ANSWERED and reply.procedure_code == "1.001193"
    assert "xóa tin nhắn" in read(reply) and "022089001234" not in read(reply)


def test_a_question_without_anything_personal_gets_no_such_remark(ask, read):
    assert "xóa tin nhắn" not in read(ask("đăng ký khai sinh cần gì", Intent.ASK_DOCUMENTS))


def test_who_writes_too_much_is_told_that_only_the_start_was_read(ask, read):
    text = receive("đăng ký khai sinh cần gì " + "ạ " * MAX_LENGTH)
    assert "phần đầu" in read(ask(text, Intent.ASK_DOCUMENTS))
