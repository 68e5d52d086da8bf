"""Whoever waits for a person and gets none is told so once, and is not left waiting for ever."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel, Reach
from bot.conversations.tables import identity
from bot.handoffs.states import Cause, Ending, State
from bot.handoffs.tables import handoff
from tests.channels.conftest import eventually, words
from tests.channels.counter import open_counter
from tests.channels.staff.people import ASKS, Staff, handoffs, latest
from tests.channels.staff.test_handing_over import ASK, NIGHT, greeted

SAY = words().text
GIVEN_UP = SAY("handoff_expired", hours="16")
# Asked on a Friday at 15:00: two hours that day, eight on Monday, six on Tuesday.
TUESDAY = datetime(2027, 1, 19, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()


async def test_after_two_working_days_the_citizen_is_told_once(engine: Engine) -> None:
    async with open_counter(engine) as counter, open_counter(engine) as other:
        await greeted(counter)
        await counter.says(ASK)
        counter.clock.time = TUESDAY - 600
        await counter.says("câu hỏi")
        assert latest(engine).state is State.WAITING
        counter.clock.time = other.clock.time = TUESDAY + 60
        await eventually(lambda: latest(engine).ending is Ending.EXPIRED, clock=counter.clock)
        await counter.settled()
        assert [*counter.told(), *other.told()].count(GIVEN_UP) == 1
        assert await counter.says("0912345678") == ["đáp 091****678"]
        assert latest(engine).contact_sealed is None
        assert SAY("handoff_asked") in (await counter.says(ASK))[1]
    assert handoffs(engine) == 2


async def test_on_the_web_it_stands_in_the_log(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        counter.brain.knows[ASK] = ASKS
        await counter.says(ASK, Channel.WEB)
        counter.clock.time = TUESDAY + 60
        await eventually(lambda: counter.told(Channel.WEB)[-1:] == [GIVEN_UP], clock=counter.clock)


async def test_whoever_left_a_contact_keeps_their_place(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.clock.time = NIGHT
        await counter.says(ASK)
        await counter.says("0912345678")
        counter.clock.time = TUESDAY + 86_400
        await counter.says("câu hỏi")
        await eventually(lambda: counter.clock.time > TUESDAY + 86_430, clock=counter.clock)
        assert latest(sqlite_engine).state is State.LEFT and GIVEN_UP not in counter.told()


async def test_whom_nothing_reaches_is_given_up_in_silence(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(ASK)
        with sqlite_engine.begin() as connection:
            connection.execute(update(identity).values(reach=Reach.BLOCKED.value))
        counter.clock.time = TUESDAY + 60
        await eventually(lambda: latest(sqlite_engine).ending is Ending.EXPIRED, clock=counter.clock)
        assert GIVEN_UP not in counter.told()


async def test_danger_waits_until_somebody_saw_it(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(ASK)
        with sqlite_engine.begin() as connection:
            connection.execute(update(handoff).values(cause=Cause.SAFETY.value))
        counter.clock.time = TUESDAY + 86_400
        await eventually(lambda: counter.clock.time > TUESDAY + 86_430, clock=counter.clock)
        assert latest(sqlite_engine).state is State.WAITING
        lan = Staff(sqlite_engine, counter.clock)
        lan.claims()
