"""What a citizen loses: an answer to whether anybody still comes, or the place they still have."""

import pytest

from bot.handoffs.desk import claim, find, forward, history, leave_contact, release
from bot.handoffs.expiring import Stay, expire, stays
from bot.handoffs.measures import expected_wait, first_response
from bot.handoffs.states import Cause, Ending, Happening, State
from bot.handoffs.waits import Waits
from tests.handoffs.test_waits import DAY, MORNING, ZONE


def late(connection, before):
    return {stay.handoff_id: stay.since for stay in stays(connection, before, 9)}


def test_a_stay_begins_when_it_came_or_was_given_back(connection, desk, noon):
    """Who was helped in between has not waited since the beginning."""
    lan, minh = desk.account("lan"), desk.account("minh")
    waits, back, passed_on, held = (desk.handoff(now=noon + n) for n in range(4))
    for one in (back, passed_on, held):
        claim(connection, one.id, lan, noon + 10)
    release(connection, back.id, lan, noon + 20)
    assert forward(connection, passed_on.id, lan, minh, "", noon + 30)
    assert late(connection, noon + 100) == {waits.id: noon, back.id: noon + 20, passed_on.id: noon + 30}
    assert late(connection, noon + 20) == {waits.id: noon}


def test_whoever_left_a_contact_and_danger_stay(connection, desk, noon):
    """The desk still has to call, and somebody has to have seen the danger."""
    left, _danger = desk.handoff(now=noon), desk.handoff(now=noon, cause=Cause.SAFETY)
    leave_contact(connection, left.id, "sealed", noon + 1)
    assert late(connection, noon + 100) == {}


@pytest.mark.parametrize("between", ["claimed", "contact", None])
def test_one_that_was_taken_in_the_meantime_is_not_ended(connection, desk, noon, between):
    opened, lan = desk.handoff(now=noon), desk.account("lan")
    (stay,) = stays(connection, noon + 100, 9)
    if between == "claimed":
        claim(connection, opened.id, lan, noon + 90)
    elif between == "contact":
        leave_contact(connection, opened.id, "sealed", noon + 90)
    assert expire(connection, stay, noon + 100) is (between is None)
    assert not expire(connection, stay, noon + 101)
    found = find(connection, opened.id)
    assert found is not None
    if between is None:
        assert (found.state, found.ending, found.ended_at) == (State.ENDED, Ending.EXPIRED, noon + 100)
        assert history(connection, opened.id)[-1].happening is Happening.ENDED
    else:
        assert found.state is not State.ENDED


def test_who_waited_in_vain_is_counted_as_never_answered(connection, desk, noon):
    """Of three opened two ended without a word of a person: `never` is 2, one is pending."""
    for number in range(3):
        desk.handoff(now=noon + number)
    for stay in stays(connection, noon + 2, 9):
        assert expire(connection, stay, noon + 100)
    assert first_response(connection, noon, noon + 10) == Waits(3, 0, 1, 2, None, None)


def test_who_waited_in_vain_makes_the_estimate_longer(connection, desk):
    """Five claims after 60 s make it 60; with five in vain beside them the middle lies where nobody came."""
    lan = desk.account("lan")
    for number in range(5):
        claim(connection, desk.handoff(now=MORNING + number * DAY).id, lan, MORNING + number * DAY + 60)
    assert expected_wait(connection, MORNING + 5 * DAY, ZONE) == 60
    for number in range(5):
        opened = MORNING + number * DAY + 1800
        waiting = desk.handoff(now=opened)
        assert expire(connection, Stay(waiting.id, waiting.conversation_id, opened), opened + 1000)
    assert expected_wait(connection, MORNING + 5 * DAY, ZONE) is None
