"""Options picked by their words, and numbers that point at nothing."""

import pytest

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome

BLUE, RED, RESIDENCE, MARITAL = "1.003658", "1.003659", "1.004222", "1.004873"
PIERS = Context(options=(BLUE, RED), pending=Intent.ASK_FEE)


@pytest.mark.parametrize(
    ("text", "code"), [("cái kia, vùng đỏ ấy", RED), ("vung xanh", BLUE), ("bến vùng đỏ nhé", RED)]
)
def test_the_option_whose_name_is_said_is_picked(ask, text, code):
    reply = ask(text, Intent.SELECT_OPTION, PIERS)
    assert (reply.procedure_code, reply.intent) == (code, Intent.ASK_FEE)


def test_another_fact_asked_with_the_pick_is_the_one_answered(ask):
    reply = ask("vùng đỏ mất bao lâu", Intent.ASK_TIME, PIERS)
    assert (reply.procedure_code, reply.intent) == (RED, Intent.ASK_TIME)


def test_a_procedure_that_was_not_offered_is_no_pick(ask):
    assert ask("đăng ký thường trú", Intent.ASK_PROCEDURE, PIERS).procedure_code == RESIDENCE


def test_words_both_options_share_pick_neither(ask):
    assert ask("bến thủy nội địa", Intent.ASK_PROCEDURE, PIERS).outcome is Outcome.ASKED_BACK


@pytest.mark.parametrize("context", [Context(), Context(procedure=RESIDENCE, intent=Intent.ASK_FEE)])
def test_a_number_without_a_list_is_answered_about_nothing(ask, context):
    reply = ask("số 1 nhé", Intent.ASK_PROCEDURE, context)
    assert (reply.outcome, reply.intent) == (Outcome.ASKED_BACK, Intent.SELECT_OPTION)
    assert reply.procedure_code is None


def test_a_number_beyond_the_list_is_answered_about_nothing(ask):
    assert ask("số 5", Intent.ASK_PROCEDURE, PIERS).procedure_code is None
