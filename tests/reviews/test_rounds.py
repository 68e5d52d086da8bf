"""Audits from the draw to the figures, counted by hand."""

import pytest
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.conversations.turns import erase_turns, find_turn
from bot.reviews.labels import Label, give
from bot.reviews.results import Item, result_of
from bot.reviews.rounds import beside, draw_round, find_round, next_for, result, rounds
from bot.reviews.verdict import Verdict
from tests.reviews.conftest import DAY, NOON, Past

R, I, W, H = Verdict.RIGHT, Verdict.INCOMPLETE, Verdict.WRONG, Verdict.HARMFUL  # noqa: E741


def test_figures_counted_by_hand() -> None:
    """Seven turns: six labelled, three of them twice; two of the six are right, one is harmful.

    Pairs (R, R), (R, W), (W, W): observed 2/3, by chance (2·1 + 1·2)/9 = 4/9, kappa (2/9)/(5/9) = 0.4.
    """
    items = [
        Item(2, "answered", "web", ((1, R), (2, R))),
        Item(2, "answered", "web", ((2, R), (1, W))),
        Item(2, "answered", "web", ((1, W), (3, W))),
        Item(1, "answered", "zalo", ((1, R),)),
        Item(1, "no_data", "web", ((1, I),)),
        Item(1, "no_data", "web", ((1, H),)),
        Item(2, "no_data", "web"),
    ]
    found = result_of(items)
    assert (found.items, found.needed, found.given, found.labelled) == (7, 11, 9, 6)
    assert (found.right.count, found.right.of, found.harmful) == (2, 6, 1)
    assert found.counts == ((R, 2), (I, 1), (W, 2), (H, 1))
    assert found.agreement.pairs == 3 and found.agreement.kappa == pytest.approx(0.4)
    strata = [(outcome, channel, right.count, right.of, n) for outcome, channel, right, n in found.strata]
    assert strata == [
        ("answered", "web", 1, 3, 3),
        ("answered", "zalo", 1, 1, 1),
        ("no_data", "web", 0, 2, 3),
    ]


def test_two_labels_of_one_person_are_no_agreement() -> None:
    found = result_of([Item(2, "answered", "web", ((1, R), (1, R)))])
    assert found.agreement.pairs == 0 and found.agreement.kappa is None


def test_an_audit_nobody_began_has_no_share() -> None:
    found = result_of([Item(1, "answered", "web")])
    assert found.right.value is None and found.agreement.observed is None and found.labelled == 0


def test_a_sample_holds_only_turns_of_its_period_the_assistant_was_asked_in(
    connection: Connection, past: Past
) -> None:
    lan = past.reviewer("lan")
    inside = {past.asked(at=NOON + number) for number in range(3)}
    past.asked(at=NOON - DAY)
    past.asked(at=NOON + DAY)
    past.asked(at=NOON, intent=None)
    made = draw_round(connection, "Tuần", NOON, NOON + DAY, 50, 0.1, 3, lan, NOON)
    assert made is not None and made.size == 3 and made == find_round(connection, made.id)
    walked = {next_for(connection, made.id, lan)}
    walked |= {beside(connection, made.id, turn, back=back) for turn in inside for back in (True, False)}
    assert walked == inside | {None}
    assert [one.id for one in rounds(connection)] == [made.id]
    assert draw_round(connection, "Lại", NOON, NOON + DAY, 50, 0.1, 3, lan, NOON) is None, "all are drawn"


def test_reviewers_are_led_through_and_never_to_ones_own_second_label(
    connection: Connection, past: Past
) -> None:
    lan, minh = past.reviewer("lan"), past.reviewer("minh")
    for outcome in (Outcome.ANSWERED, Outcome.NO_DATA):
        past.asked(outcome=outcome)
    made = draw_round(connection, "Tuần", NOON - 1, NOON + 1, 2, 0.5, 1, lan, NOON)
    assert made is not None
    for _ in range(2):
        turn = next_for(connection, made.id, lan)
        assert turn is not None
        give(connection, turn, lan, Label(R), NOON)
    assert next_for(connection, made.id, lan) is None
    second = next_for(connection, made.id, minh)
    assert second is not None
    give(connection, second, minh, Label(W), NOON + 1)
    assert next_for(connection, made.id, minh) is None
    found = result(connection, made.id)
    assert (found.given, found.needed, found.right.count, found.right.of) == (3, 3, 1, 2)


def test_an_erased_conversation_leaves_the_audit(connection: Connection, past: Past) -> None:
    """A citizen's wish to be forgotten does not stop at samples, and the figures stay computable."""
    lan = past.reviewer("lan")
    kept, gone = past.asked(), past.asked()
    made = draw_round(connection, "Tuần", NOON - 1, NOON + 1, 2, 0.0, 1, lan, NOON)
    assert made is not None
    for turn in (kept, gone):
        give(connection, turn, lan, Label(R), NOON)
    erased = find_turn(connection, gone)
    assert erased is not None
    erase_turns(connection, erased.conversation_id)
    found = result(connection, made.id)
    assert (found.items, found.labelled) == (1, 1)


def test_samples_that_make_no_sense_are_refused(connection: Connection) -> None:
    for since, until, size, second in ((2.0, 1.0, 5, 0.1), (1.0, 2.0, 0, 0.1), (1.0, 2.0, 5, 2.0)):
        with pytest.raises(ValueError, match="no such sample"):
            draw_round(connection, "x", since, until, size, second, 1, 1, NOON)
