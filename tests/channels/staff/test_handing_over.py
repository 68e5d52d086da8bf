"""Who wants a person gets into the queue and is told the truth about it."""

import pytest
from sqlalchemy.engine import Engine

from bot.channels.message import Kind
from bot.conversations.channel import Channel
from bot.conversations.turns import Facts
from bot.handoffs.states import Cause, Ending, State, Urgency
from tests.channels.conftest import START, words
from tests.channels.counter import VAULT, Counter, open_counter
from tests.channels.staff.people import ASKS, FEE, NOTHING, Staff, handoffs, latest

SAY = words().text
ASK = "gặp cán bộ"
NIGHT = START + 5 * 3600
"""Friday, 20:00."""


async def greeted(counter: Counter) -> None:
    await counter.does(Kind.HELLO)
    counter.brain.knows |= {ASK: ASKS, "phí": FEE, "gì": NOTHING}


async def test_who_asks_for_a_person_is_told_their_place(engine: Engine) -> None:
    """Without it a citizen writes on to a machine and believes that nobody cares."""
    async with open_counter(engine) as counter:
        await greeted(counter)
        Staff(engine, counter.clock).is_here()
        answer, told = await counter.says(ASK)
        assert answer == f"đáp {ASK}"
        assert told == f"{SAY('handoff_asked')} {SAY('handoff_place', place='1')}"
        opened = latest(engine)
        assert (opened.state, opened.cause, opened.intent) == (State.WAITING, Cause.ASKED, "hand_off")
        assert opened.channel is Channel.TELEGRAM and opened.from_seq > 0
        await counter.does(Kind.HELLO, who="222")
        second = await counter.says(ASK, who="222")
        assert SAY("handoff_place", place="2") in second[1]
        assert handoffs(engine) == 2


async def test_who_waits_is_answered_on(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(ASK)
        assert await counter.says("phí") == ["đáp phí"]
        assert len(await counter.says(ASK)) == 2 and handoffs(sqlite_engine) == 1


async def test_in_hours_without_anybody_there_nobody_is_promised(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        _, told = await counter.says(ASK)
    assert SAY("handoff_nobody") in told and SAY("handoff_contact_offer") in told


async def test_out_of_hours_the_next_opening_is_told(sqlite_engine: Engine) -> None:
    """A citizen who waits through a weekend for an answer loses more than a day."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.clock.time = NIGHT
        _, told = await counter.says(ASK)
    assert "07:30 ngày 18/01/2027" in told and SAY("handoff_contact_offer") in told


async def test_the_third_question_in_vain_brings_a_person(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        assert [len(await counter.says("gì")) for _ in range(2)] == [1, 1]
        assert SAY("handoff_unanswered") in (await counter.says("gì"))[1]
        assert latest(sqlite_engine).cause is Cause.UNANSWERED
        assert len(await counter.says("gì")) == 1


async def test_an_answer_in_between_begins_the_count_anew(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        for text in ("gì", "gì", "phí", "gì", "gì"):
            assert len(await counter.says(text)) == 1
    assert handoffs(sqlite_engine) == 0


@pytest.mark.parametrize(
    ("intent", "outcome", "cause", "urgency"),
    [
        ("complaint", "guided", Cause.COMPLAINT, Urgency.ANGRY),
        ("corruption_report", "safety", Cause.SAFETY, Urgency.SAFETY),
        ("self_harm", "safety", Cause.SAFETY, Urgency.SAFETY),
        ("ask_fee", "safety", Cause.SAFETY, Urgency.SAFETY),
    ],
)
async def test_what_a_person_has_to_see_is_seen(
    sqlite_engine: Engine, intent: str, outcome: str, cause: Cause, urgency: Urgency
) -> None:
    """A cry for help must not wait behind questions about fees."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.brain.knows["x"] = Facts(intent, 0.9, outcome)
        assert len(await counter.says("x")) == 2
    opened = latest(sqlite_engine)
    assert (opened.cause, opened.urgency) == (cause, urgency)


async def test_asking_for_something_forbidden_calls_nobody(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.brain.knows["x"] = Facts("illegal_request", 0.9, "safety")
        assert len(await counter.says("x")) == 1
    assert handoffs(sqlite_engine) == 0


@pytest.mark.parametrize("way", ["quay lại trợ lý", "gap tro ly", None])
async def test_the_way_back_is_always_open(sqlite_engine: Engine, way: str | None) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(ASK)
        told = await counter.says(way) if way else await counter.taps(SAY("handoff_back_button"))
        assert told == [SAY("handoff_back")]
        assert latest(sqlite_engine).ending is Ending.CITIZEN_LEFT
        assert await counter.says("quay lại trợ lý") == [SAY("handoff_none")]


@pytest.mark.parametrize(("typed", "kept"), [("0912 345 678", "0912345678"), ("số a.b@qn.vn ạ", "a.b@qn.vn")])
async def test_a_contact_is_sealed_and_stands_nowhere_else(engine: Engine, typed: str, kept: str) -> None:
    """Whoever reads the log, the queues or a backup must not find the number."""
    async with open_counter(engine) as counter:
        await greeted(counter)
        counter.clock.time = NIGHT
        await counter.says(ASK)
        assert await counter.says(typed) == [SAY("handoff_contact_kept")]
        opened = latest(engine)
        assert opened.state is State.LEFT and opened.contact_sealed
        assert VAULT.open(opened.contact_sealed.encode()) == kept.encode()
        assert typed not in counter.brain.texts and not _stands_anywhere(engine, kept)
        assert await counter.says("quay lại trợ lý") == [SAY("handoff_back")]
        assert latest(engine).contact_sealed == ""


def _stands_anywhere(engine: Engine, text: str) -> bool:
    from bot.database import metadata

    with engine.connect() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    return any(text in row for row in rows)


async def test_a_number_nobody_asked_for_is_not_kept(sqlite_engine: Engine) -> None:
    """Consent is given to a question that says what the number is for."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        Staff(sqlite_engine, counter.clock).is_here()
        await counter.says(ASK)
        assert await counter.says("0912345678") == ["đáp 091****678"]
    assert latest(sqlite_engine).contact_sealed is None


@pytest.mark.parametrize("way", ["thôi", None])
async def test_who_declines_stays_in_the_queue(sqlite_engine: Engine, way: str | None) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(ASK)
        told = await counter.says(way) if way else await counter.taps(SAY("handoff_contact_no"))
        assert told == [SAY("handoff_contact_declined")]
        assert await counter.says("0912345678") == ["đáp 091****678"]
        assert await counter.says("thôi") == ["đáp thôi"]
    assert latest(sqlite_engine).state is State.WAITING
