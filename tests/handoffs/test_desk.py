from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from bot.conversations.erasing import Scope, erase_words
from bot.handoffs.desk import (
    claim,
    come_back,
    current,
    end,
    find,
    forward,
    history,
    leave_contact,
    open_handoff,
    raise_overdue,
    release,
    step_in,
)
from bot.handoffs.states import Cause, Ending, Happening, State, Urgency
from bot.staff.roles import Role

PATIENT = {"sqlite": {"timeout": 10}, "postgresql": {}}


def seen(connection, handoff_id):
    found = find(connection, handoff_id)
    assert found is not None
    return found


def happenings(connection, handoff_id):
    return [event.happening for event in history(connection, handoff_id)]


def test_fifty_racers_claim_one_handoff_and_one_wins(engine, desk_of, noon):
    """Two answers of two people to one citizen would contradict each other."""
    with engine.begin() as connection:
        desk = desk_of(connection)
        racers = [desk.account(f"agent-{number}") for number in range(50)]
        opened = desk.handoff()
    start = Barrier(len(racers))
    # All are connected before the first one claims: connections take longer to make than a claim.
    crowd = create_engine(engine.url, future=True, poolclass=NullPool, connect_args=PATIENT[engine.name])

    def race(account_id):
        with crowd.connect() as connection:
            connection.execute(select(1))
            start.wait(timeout=30)
            won = claim(connection, opened.id, account_id, noon + 5)
            connection.commit()
            return account_id if won else None

    with ThreadPoolExecutor(len(racers)) as pool:
        winners = [winner for winner in pool.map(race, racers) if winner is not None]
    with engine.connect() as connection:
        held = seen(connection, opened.id)
        assert len(winners) == 1
        assert (held.state, held.holder_id, held.claimed_at) == (State.HELD, winners[0], noon + 5)
        assert happenings(connection, opened.id) == [Happening.OPENED, Happening.CLAIMED]


def test_racing_openers_open_one_handoff(engine, desk_of, noon):
    """A doubled request would be answered twice, and one of the two would wait for ever."""
    with engine.begin() as connection:
        person = desk_of(connection).citizen()
    start = Barrier(8)

    def race(_):
        start.wait(timeout=30)
        with engine.begin() as connection:
            where = (person.conversation_id, person.id, person.channel)
            return open_handoff(connection, *where, Cause.ASKED, noon).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(race, range(8)))) == 1


def test_asking_again_more_urgently_raises_the_open_one(connection, desk, noon):
    person = desk.citizen()
    opened = desk.handoff(person)
    raised = desk.handoff(person, noon + 60, Cause.SAFETY, Urgency.SAFETY)
    calmer = desk.handoff(person, noon + 90)
    assert raised.id == opened.id == calmer.id
    assert (raised.urgency, raised.cause, raised.opened_at) == (Urgency.SAFETY, Cause.SAFETY, noon)
    assert calmer == raised
    assert happenings(connection, opened.id) == [Happening.OPENED, Happening.RAISED]


def test_a_citizen_who_comes_back_within_seven_days_is_noted(connection, desk, noon):
    """Otherwise an answer that did not help looks like two solved requests."""
    person, agent = desk.citizen(), desk.account("lan")
    first = desk.handoff(person)
    assert claim(connection, first.id, agent, noon)
    assert end(connection, first.id, agent, Ending.SOLVED, "", noon)
    week = 7 * 86_400.0
    second = desk.handoff(person, noon + week - 1)
    reopened = history(connection, second.id)[1]
    assert (reopened.happening, reopened.comment) == (Happening.REOPENED, f"#{first.id}")
    assert end(connection, second.id, None, Ending.EXPIRED, "", noon + week)
    third = desk.handoff(person, noon + 2 * week)
    assert happenings(connection, third.id) == [Happening.OPENED]


@pytest.mark.parametrize("deed", ["release", "forward", "end"])
def test_only_the_holder_or_a_supervisor_moves_a_held_handoff(connection, desk, noon, deed):
    holder, other = desk.account("lan"), desk.account("minh")
    opened = desk.handoff()
    assert claim(connection, opened.id, holder, noon)

    def do(account_id, steering):
        if deed == "release":
            return release(connection, opened.id, account_id, noon, steering=steering)
        if deed == "forward":
            return forward(connection, opened.id, account_id, other, "hỏi đất đai", noon, steering=steering)
        return end(connection, opened.id, account_id, Ending.SOLVED, "xong", noon, steering=steering)

    assert not do(other, False)
    assert happenings(connection, opened.id) == [Happening.OPENED, Happening.CLAIMED]
    assert do(other, True)
    assert history(connection, opened.id)[-1].account_id == other
    assert len(history(connection, opened.id)) == 3


def test_nobody_ends_what_they_have_not_claimed(connection, desk, noon):
    agent = desk.account("lan")
    opened = desk.handoff()
    assert not end(connection, opened.id, agent, Ending.SOLVED, "", noon)
    assert end(connection, opened.id, None, Ending.CITIZEN_LEFT, "", noon)
    assert not end(connection, opened.id, None, Ending.CITIZEN_LEFT, "", noon)
    ended = seen(connection, opened.id)
    assert not ended.is_open
    assert (ended.ending, ended.ended_at) == (Ending.CITIZEN_LEFT, noon)
    assert current(connection, opened.conversation_id) is None


def test_a_forwarded_one_is_claimed_by_whom_it_was_forwarded_to(connection, desk, noon):
    lan, minh, hoa = desk.account("lan"), desk.account("minh"), desk.account("hoa")
    opened = desk.handoff()
    claim(connection, opened.id, lan, noon + 10)
    assert forward(connection, opened.id, lan, minh, "gọi 0912345678", noon + 20)
    waiting = seen(connection, opened.id)
    assert (waiting.state, waiting.holder_id) == (State.WAITING, minh)
    assert not claim(connection, opened.id, hoa, noon + 30)
    assert claim(connection, opened.id, minh, noon + 40)
    told = history(connection, opened.id)[2]
    assert (told.happening, told.account_id, told.to_account_id) == (Happening.FORWARDED, lan, minh)
    assert "0912345678" not in str(told.comment)
    # The first claim is what the citizen waited for.
    assert seen(connection, opened.id).claimed_at == noon + 10


def test_whoever_got_it_forwarded_may_decline(connection, desk, noon):
    lan, minh = desk.account("lan"), desk.account("minh")
    opened = desk.handoff()
    claim(connection, opened.id, lan, noon)
    forward(connection, opened.id, lan, minh, "", noon)
    assert not release(connection, opened.id, lan, noon)
    assert release(connection, opened.id, minh, noon)
    assert claim(connection, opened.id, lan, noon)


def test_nothing_is_forwarded_to_somebody_who_cannot_talk(connection, desk, noon):
    """It would wait for a person who never comes."""
    lan = desk.account("lan")
    opened = desk.handoff()
    claim(connection, opened.id, lan, noon)
    for nobody in (desk.account("gone", active=False), desk.account("figures", Role.ANALYST), 999):
        assert not forward(connection, opened.id, lan, nobody, "", noon)
    assert seen(connection, opened.id).holder_id == lan


def test_stepping_in_opens_and_claims_at_once(connection, desk, noon):
    lan, minh = desk.account("lan"), desk.account("minh")
    person = desk.citizen()
    held = step_in(connection, person.conversation_id, lan, noon)
    assert held is not None
    assert (held.state, held.cause, held.holder_id) == (State.HELD, Cause.STAFF, lan)
    assert happenings(connection, held.id) == [Happening.OPENED, Happening.CLAIMED]
    assert step_in(connection, person.conversation_id, minh, noon) is None
    waiting = desk.handoff()
    stepped = step_in(connection, waiting.conversation_id, minh, noon)
    assert stepped is not None and stepped.id == waiting.id
    assert step_in(connection, "unknown", minh, noon) is None


def test_nobody_steps_into_an_erased_conversation(connection, desk, noon):
    """A row about a citizen would come back after they had everything erased."""
    lan, person = desk.account("lan"), desk.citizen()
    erase_words(connection, person.conversation_id, noon, b"key", Scope.CITIZEN)
    assert step_in(connection, person.conversation_id, lan, noon) is None
    assert current(connection, person.conversation_id) is None


def test_a_contact_is_kept_until_the_end_and_no_longer(connection, desk, noon):
    lan = desk.account("lan")
    opened = desk.handoff()
    assert leave_contact(connection, opened.id, "sealed", noon)
    assert seen(connection, opened.id).state is State.LEFT
    assert claim(connection, opened.id, lan, noon)
    assert seen(connection, opened.id).contact_sealed == "sealed"
    assert not leave_contact(connection, opened.id, "other", noon)
    assert release(connection, opened.id, lan, noon)
    assert seen(connection, opened.id).state is State.LEFT
    assert claim(connection, opened.id, lan, noon)
    assert end(connection, opened.id, lan, Ending.SOLVED, "", noon)
    assert seen(connection, opened.id).contact_sealed == ""


def test_who_left_a_contact_and_is_here_again_waits_in_the_queue(connection, desk, noon):
    opened = desk.handoff()
    assert not come_back(connection, opened.id, noon)
    leave_contact(connection, opened.id, "sealed", noon)
    assert come_back(connection, opened.id, noon + 1)
    assert seen(connection, opened.id).state is State.WAITING
    happened = [event.happening for event in history(connection, opened.id)]
    assert happened == [Happening.OPENED, Happening.CONTACT_LEFT, Happening.RETURNED]


def test_who_waits_too_long_is_raised_once(connection, desk, noon):
    agent = desk.account("lan")
    late, held, urgent = desk.handoff(), desk.handoff(), desk.handoff(urgency=Urgency.SAFETY)
    fresh = desk.handoff(now=noon + 500)
    claim(connection, held.id, agent, noon)
    assert raise_overdue(connection, noon + 500, noon + 600) == 1
    assert raise_overdue(connection, noon + 500, noon + 700) == 0
    urgencies = [seen(connection, one.id).urgency for one in (late, held, urgent, fresh)]
    assert urgencies == [Urgency.OVERDUE, Urgency.NORMAL, Urgency.SAFETY, Urgency.NORMAL]
