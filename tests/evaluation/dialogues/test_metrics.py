"""Every figure of conversations on messages counted by hand: a wrong figure would let a worse model out."""

from collections.abc import Callable

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.metrics import JudgedDialogue, JudgedTurn, Verdict, report

Judge = Callable[..., JudgedTurn]
Hold = Callable[..., JudgedDialogue]
ONE, TWO, THREE = "1.000001", "1.000002", "1.000003"


def test_an_answer_is_right_about_any_accepted_procedure_and_no_other(judged: Judge) -> None:
    assert judged(about=(TWO,), procedure_codes=(ONE, TWO)).verdict is Verdict.RIGHT
    assert judged(about=(THREE,), procedure_codes=(ONE, TWO)).verdict is Verdict.WRONG
    assert judged(about=(ONE, THREE), procedure_codes=(ONE,)).verdict is Verdict.WRONG
    assert judged("asked_back", options=(ONE,), procedure_codes=(ONE,)).verdict is Verdict.ASKED_BACK
    assert judged("no_data", procedure_codes=(ONE,)).verdict is Verdict.MISSED


def test_both_of_two_wants_have_to_be_answered(judged: Judge) -> None:
    """Half an answer sends the citizen home for the other half."""
    both = {"procedure_codes": (ONE,), "also_codes": (TWO,)}
    assert judged(about=(TWO, ONE), **both).verdict is Verdict.RIGHT
    assert judged(about=(ONE,), **both).verdict is Verdict.MISSED
    assert judged(about=(TWO,), **both).verdict is Verdict.MISSED
    assert judged(about=(ONE, THREE), **both).verdict is Verdict.WRONG


def test_where_it_must_ask_an_answer_is_a_guess(judged: Judge) -> None:
    assert judged("asked_back", options=(TWO, ONE), procedure_codes=(ONE,), asked_back=True).right
    assert judged("asked_back", asked_back=True).right
    unmeant = judged("asked_back", options=(TWO,), procedure_codes=(ONE,), asked_back=True)
    assert (unmeant.verdict, unmeant.right) == (Verdict.ASKED_BACK, False)
    guessed = judged(about=(ONE,), procedure_codes=(ONE,), asked_back=True)
    assert (guessed.verdict, guessed.right) == (Verdict.WRONG, False)
    assert judged("no_data", asked_back=True).verdict is Verdict.MISSED


def test_a_pick_means_what_stood_there(judged: Judge) -> None:
    offered = (ONE, TWO, THREE)
    assert judged(about=(TWO,), offered=offered, picks=2).verdict is Verdict.RIGHT
    assert judged(about=(THREE,), offered=offered, picks=-1).verdict is Verdict.RIGHT
    assert judged(about=(ONE,), offered=offered, picks=2).verdict is Verdict.WRONG
    assert judged(about=(ONE,), offered=(), picks=1).verdict is Verdict.WRONG
    assert judged("asked_back", offered=(ONE,), picks=3).verdict is Verdict.ASKED_BACK


def test_what_was_spoken_of_before_stays_meant(judged: Judge) -> None:
    assert judged(about=(TWO,), before=(TWO,), keeps=True).verdict is Verdict.RIGHT
    assert judged(about=(ONE,), before=(TWO,), keeps=True).verdict is Verdict.WRONG


def test_a_courtesy_must_not_be_answered_with_a_procedure(judged: Judge) -> None:
    assert judged("courtesy").verdict is Verdict.NONE
    assert judged("guided", about=(ONE,)).verdict is Verdict.NONE
    assert judged(about=(ONE,)).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("labels", "outcome", "right"),
    [
        ({}, "asked_back", True),
        ({"asked_back": False}, "asked_back", False),
        ({"ends": Outcome.COURTESY}, "courtesy", True),
        ({"ends": Outcome.COURTESY}, "guided", False),
        ({"intent": Intent.ASK_FEE}, "guided", True),
        ({"intent": Intent.ASK_TIME}, "guided", False),
    ],
)
def test_a_message_is_right_when_all_its_labels_are_met(
    judged: Judge, labels: dict[str, object], outcome: str, right: bool
) -> None:
    assert judged(outcome, **labels).right is right


def test_an_answer_that_also_asks_back_is_not_right(judged: Judge) -> None:
    turn = judged("asked_back", about=(ONE,), procedure_codes=(ONE,))
    assert (turn.verdict, turn.right) == (Verdict.RIGHT, False)


def test_the_shares_of_a_run(judged: Judge, conversation: Hold) -> None:
    """Nine messages in four conversations, six of which mean a procedure."""
    fee, meant = {"intent": Intent.ASK_FEE}, {"procedure_codes": (ONE,)}
    found = report(
        [
            conversation(judged(about=(ONE,), **meant, **fee), judged(about=(ONE,), **meant)),
            conversation(
                judged(about=(ONE,), **meant, intent=Intent.ASK_TIME),
                judged(about=(TWO,), **meant),
                kind="correction",
            ),
            conversation(judged("asked_back", **meant), judged("no_data", **meant), kind="time"),
            conversation(judged("courtesy"), judged(about=(TWO,)), judged("error", **fee), kind="time"),
        ]
    )
    assert (found["n"], found["turns"], found["errors"]) == (4, 9, 1)
    assert found["counts"] == {
        "dialogue_right": [1, 4],
        "turn_right": [4, 9],
        "procedure_right": [3, 6],
        "procedure_wrong": [1, 6],
        "procedure_asked_back": [1, 6],
        "procedure_missed": [1, 6],
        "answered_wrong": [2, 9],
        "intent_right": [2, 3],
        "outcome_right": [0, 0],
    }
    assert (found["dialogue_right"], found["procedure_right"], found["outcome_right"]) == (0.25, 0.5, None)


def test_every_kind_has_figures_of_its_own(judged: Judge, conversation: Hold) -> None:
    right, wrong = judged("courtesy", ends=Outcome.COURTESY), judged(about=(ONE,))
    found = report([conversation(right, right, kind="resume"), conversation(right, wrong, kind="place")])
    assert list(found["kinds"]) == ["place", "resume"]
    assert found["kinds"]["resume"]["counts"]["outcome_right"] == [2, 2]
    assert found["kinds"]["place"]["counts"]["dialogue_right"] == [0, 1]
    assert found["kinds"]["place"]["turn_right"] == 0.5
    assert "kinds" not in found["kinds"]["place"]
