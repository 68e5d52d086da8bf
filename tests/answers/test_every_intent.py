"""Every kind of question ends in words and one outcome. Silence or a crash loses the citizen."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.context import Context, ListQuery
from bot.answers.guides import HELD
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome

TALKED = Context(
    procedure="1.001193",
    intent=Intent.ASK_FEE,
    options=("1.001193", "2.000635"),
    pending=Intent.ASK_FEE,
    unit="06994",
    listing=ListQuery(field="Hộ tịch"),
)
GONE = Context(procedure="9.999999", intent=Intent.ASK_FEE, options=("9.999999",), unit="00000")
SAFETY = (
    Intent.EMERGENCY,
    Intent.SELF_HARM,
    Intent.SCAM_ALERT,
    Intent.ILLEGAL_REQUEST,
    Intent.CORRUPTION_REPORT,
)


@pytest.mark.parametrize("context", [Context(), TALKED, GONE], ids=["fresh", "talked", "gone"])
@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize("text", ["đăng ký khai sinh ở Vân Đồn", "còn cái đó thì sao ạ", "1.001193", "số 9"])
def test_every_kind_is_answered(ask, intent, context, text):
    reply = ask(text, intent, context)
    assert reply.outcome in Outcome
    assert reply.outcome is not Outcome.ERROR


@pytest.mark.parametrize("intent", SAFETY)
@pytest.mark.parametrize("text", ["cứu với 1.001193", "nguy rồi"])
@pytest.mark.parametrize("confidence", [0.9, 0.2])
def test_danger_is_answered_first_whatever_else_the_message_holds(ask, intent, text, confidence):
    reply = ask(text, intent, TALKED, confidence=confidence)
    assert reply.outcome is Outcome.SAFETY


def test_a_weak_guess_of_danger_gives_way_to_a_named_procedure(ask):
    assert ask("đăng ký khai sinh", Intent.EMERGENCY, confidence=0.15).procedure_code == "1.001193"


def test_danger_inside_a_question_is_heard_first(ask, turn, assistant):
    asked = replace(
        turn("đăng ký khai sinh, mà nhà tôi đang cháy", Intent.ASK_PROCEDURE),
        intents=((Intent.ASK_PROCEDURE, 0.6), (Intent.EMERGENCY, 0.4)),
    )
    assert assistant.respond(asked, Context()).outcome is Outcome.SAFETY


@pytest.mark.parametrize("intent", [kind for kind in Intent if kind in HELD - set(SAFETY)])
def test_a_complaint_or_a_call_for_a_person_is_not_turned_into_a_lecture(ask, intent):
    assert ask("1.001193", intent).procedure_code is None


@pytest.mark.parametrize(
    ("intent", "outcome"),
    [
        (Intent.GREET, Outcome.COURTESY),
        (Intent.INSULT, Outcome.COURTESY),
        (Intent.HAND_OFF, Outcome.HANDED_OFF),
        (Intent.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE),
        (Intent.SENSITIVE_TOPIC, Outcome.OUT_OF_SCOPE),
        (Intent.DOSSIER_STATUS, Outcome.NO_DATA),
        (Intent.ASK_HOURS, Outcome.NO_DATA),
        (Intent.EXPLAIN_LEVEL, Outcome.ANSWERED),
        (Intent.SELECT_OPTION, Outcome.ASKED_BACK),
    ],
)
def test_the_outcome_of_a_kind_without_a_procedure(ask, intent, outcome):
    assert ask("xyzzy", intent).outcome is outcome


@pytest.mark.parametrize("text", ["😀😀", "", "   ", "???!!", "…", "👍🏼"])
@pytest.mark.parametrize("intent", [Intent.ASK_PROCEDURE, Intent.OUT_OF_SCOPE, Intent.AFFIRM])
def test_a_message_without_a_word_is_asked_about(ask, text, intent):
    reply = ask(text, intent, TALKED)
    assert reply.outcome is Outcome.ASKED_BACK
    assert reply.context == TALKED


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh cho con " * 111,
        "'; DROP TABLE procedure; --",
        "/restart{}",
        "出生登记怎么办",
        "Как зарегистрировать рождение",
        "đăng ký khai sinh",
        "1" * 500,
        "{name} {contact}",
    ],
)
def test_odd_text_gets_a_sane_answer(ask_raw, text):
    reply = ask_raw(text)
    assert reply.outcome in {Outcome.ANSWERED, Outcome.ASKED_BACK, Outcome.NO_DATA}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=100), intent=st.sampled_from(Intent), confidence=st.floats(0, 1))
def test_any_text_under_any_kind_is_answered(ask_raw, text, intent, confidence):
    reply = ask_raw(text, intent, TALKED, confidence=confidence)
    assert reply.answers and reply.outcome in Outcome
