"""An answer on a chosen topic reaches the citizen only as a person let it pass."""

import pytest
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.turns import Facts
from bot.handoffs import approvals, topics
from bot.handoffs.approvals import Decision, Proposal
from bot.handoffs.states import Cause, State
from tests.channels.conftest import START, eventually, words
from tests.channels.counter import OFFER, Counter, open_counter
from tests.channels.staff.people import FEE, Staff, handoffs, latest
from tests.channels.staff.test_talking import hears

SAY = words().text
NIGHT = START + 5 * 3600


async def asked(counter: Counter, text: str = OFFER) -> Staff:
    """A citizen who asked about a topic that a person looks at, and the person."""
    lan = Staff(counter.engine, counter.clock)
    with counter.engine.begin() as connection:
        topics.set_topic(connection, topics.Kind.PROCEDURE, "1.001193", "luật mới", lan.id, START)
    await counter.says("câu hỏi")
    counter.brain.knows[text] = FEE
    return lan


def proposals(engine: Engine) -> list[Proposal]:
    with engine.connect() as connection:
        return approvals.proposals(connection)


def decide(engine: Engine, lan: Staff, decision: Decision, text: str = "") -> None:
    (one,) = proposals(engine)
    with engine.begin() as connection:
        assert approvals.decide(connection, one.id, lan.id, decision, START, text)


async def test_an_approved_answer_arrives_once_with_its_buttons(engine: Engine) -> None:
    """What the assistant would have said must not be lost on its way over a person's desk."""
    async with open_counter(engine) as counter:
        lan = await asked(counter)
        assert await counter.says(OFFER) == [SAY("approval_open")]
        (one,) = proposals(engine)
        assert one.topic == "procedure:1.001193" and one.due_at == pytest.approx(counter.clock(), abs=900)
        decide(engine, lan, Decision.APPROVE)
        await hears(counter, f"đáp {OFFER}")
        await counter.settled()
        assert counter.told().count(f"đáp {OFFER}") == 1
        counter.brain.knows.clear()
        assert await counter.taps("Một") == ["đáp /select_one"]


async def test_an_edited_answer_is_the_persons_own(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await asked(counter)
        await counter.says(OFFER)
        decide(sqlite_engine, lan, Decision.EDIT, "Không mất phí ạ")
        await hears(counter, "Cán bộ Lan: Không mất phí ạ")


async def test_a_refused_answer_becomes_a_wait_for_a_person(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await asked(counter)
        lan.is_here()
        await counter.says(OFFER)
        decide(sqlite_engine, lan, Decision.REFUSE)
        place = SAY("handoff_place", place="1")
        await hears(counter, f"{SAY('handoff_approval')} {place}")
        assert latest(sqlite_engine).cause is Cause.APPROVAL
        assert f"đáp {OFFER}" not in counter.told()


async def test_what_nobody_looked_at_in_time_becomes_a_wait_too(engine: Engine) -> None:
    """A citizen left without any answer would go to the office in vain."""
    async with open_counter(engine) as counter:
        lan = await asked(counter)
        lan.is_here()
        await counter.says(OFFER)
        counter.clock.time += 901
        await eventually(lambda: handoffs(engine) == 1)
        assert latest(engine).state is State.WAITING
        await eventually(lambda: SAY("handoff_approval") in counter.told()[-1])
        assert f"đáp {OFFER}" not in counter.told()


async def test_at_night_the_time_to_decide_begins_in_the_morning(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await asked(counter)
        counter.clock.time = NIGHT
        assert await counter.says(OFFER) == [SAY("approval_closed")]
        (one,) = proposals(sqlite_engine)
    # Monday, 07:45.
    assert one.due_at == START + 2 * 86_400 + 16.75 * 3600


async def test_a_cry_for_help_waits_for_nobody(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await asked(counter)
        counter.brain.knows["x"] = Facts("self_harm", 0.9, "safety", "1.001193")
        assert (await counter.says("x"))[0] == "đáp x"
        assert await counter.says("câu khác", Channel.ZALO) != []
        assert proposals(sqlite_engine) == []
