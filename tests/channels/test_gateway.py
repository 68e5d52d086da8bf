"""The queues at work with a channel in memory. A failure here is a citizen waiting for nothing."""

import asyncio
from unittest.mock import patch

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.channels.adapter import Sent
from bot.channels.brain import BrainError
from bot.channels.inbox import Waiting, accept, begin
from bot.channels.message import Choice, Kind, Reply
from bot.channels.response import Response
from bot.channels.rules import Rules
from bot.channels.states import Fate
from bot.channels.sweeper import RESEND
from bot.channels.tables import button, inbox
from bot.control.tables import stoppage
from bot.conversations.channel import Channel, Reach
from bot.conversations.log import entries
from bot.conversations.people import Person, find
from tests.channels.conftest import START, Clock, Platform, echo, eventually, opened, sent_text, words


async def test_every_message_is_answered_once_and_in_order(engine: Engine) -> None:
    async with opened(engine) as office:
        for number in range(1, 6):
            for _ in range(2):
                for person in ("111", "222"):
                    await office.gateway.accept(sent_text(number, external_id=person))
        await eventually(lambda: len(office.platform.calls) == 10)
    expected = [f"đáp câu {number}" for number in range(1, 6)]
    assert office.platform.told("111") == office.platform.told("222") == expected


async def test_the_log_holds_both_sides_without_gaps(engine: Engine) -> None:
    async with opened(engine) as office:
        accepted = await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(office.platform.calls) == 1)
        said = await office.gateway.run(entries, accepted.conversation_id)
    assert [(e.seq, e.author.value, e.said.text) for e in said] == [
        (1, "citizen", "câu 1"),
        (2, "assistant", "đáp câu 1"),
    ]


async def test_a_crash_in_the_middle_of_a_turn_loses_nothing(engine: Engine) -> None:
    """The first process never ends its turn; the next one of that name takes it up."""
    hangs = asyncio.Event()

    async def hang(message: Waiting) -> Response:
        hangs.set()
        await asyncio.sleep(3600)
        raise AssertionError

    rules = Rules("same", reorder=0.0, turn_timeout=0.2)
    async with opened(engine, hang, rules=rules) as first:
        await first.gateway.accept(sent_text(1))
        await asyncio.wait_for(hangs.wait(), 5)
        for task in first.gateway._tasks:
            task.cancel()
    async with opened(engine, rules=rules, clock=Clock(START + 3600)) as second:
        await eventually(lambda: "đáp câu 1" in second.platform.told())
    assert second.platform.told().count("đáp câu 1") == 1


async def test_a_brain_that_is_away_for_a_moment_is_asked_again(engine: Engine) -> None:
    asked = []

    async def moody(message: Waiting) -> Response:
        asked.append(message.attempt)
        if len(asked) < 3:
            raise BrainError("restarting", retryable=True)
        return await echo(message)

    async with opened(engine, moody) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: "đáp câu 1" in office.platform.told(), clock=office.clock)
    assert asked == [1, 2, 3]


async def test_an_assistant_that_stays_away_is_waited_for_longer_than_one_that_fails(engine: Engine) -> None:
    """A restart for a new model must not cost anybody the answer, nor a slow first turn after it."""
    asked = []

    async def away(message: Waiting) -> Response:
        asked.append(message.attempt)
        if len(asked) < 7:
            raise BrainError("no connection", retryable=True, away=True)
        if len(asked) == 7:
            raise BrainError("turn took too long", retryable=True)
        return await echo(message)

    async with opened(engine, away, rules=Rules("test", reorder=0.0, attempts=2)) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: "đáp câu 1" in office.platform.told(), 20, clock=office.clock)
    assert asked == [1] * 7 + [2]
    assert words().apology.text not in office.platform.told()


async def test_an_assistant_that_never_comes_back_is_apologised_for(engine: Engine) -> None:
    async def away(message: Waiting) -> Response:
        raise BrainError("no connection", retryable=True, away=True)

    rules = Rules("test", reorder=0.0, patience=60.0)
    async with opened(engine, away, rules=rules) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: words().apology.text in office.platform.told(), 20, clock=office.clock)


async def test_a_message_that_cannot_be_answered_gets_an_apology_and_the_next_one_an_answer(
    engine: Engine,
) -> None:
    async def choosy(message: Waiting) -> Response:
        if message.incoming.text == "câu 1":
            raise BrainError("no", retryable=False)
        return await echo(message)

    async with opened(engine, choosy) as office:
        await office.gateway.accept(sent_text(1))
        await office.gateway.accept(sent_text(2))
        await eventually(lambda: len(office.platform.calls) == 2)
    assert office.platform.told() == [words().apology.text, "đáp câu 2"]
    with engine.connect() as connection:
        states = connection.execute(select(inbox.c.state).order_by(inbox.c.id)).scalars().all()
    assert states == ["failed", "answered"]


async def test_a_fault_in_our_own_code_is_given_up_after_some_tries(engine: Engine) -> None:
    async def broken(message: Waiting) -> Response:
        raise ZeroDivisionError

    rules = Rules("test", reorder=0.0, attempts=2)
    async with opened(engine, broken, rules=rules) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: words().apology.text in office.platform.told(), clock=office.clock)


async def test_an_answer_that_cannot_be_written_down_is_given_up_too(engine: Engine) -> None:
    """Trying for ever, without a pause, would take the processor from everybody else."""
    tried = []

    def broken(connection: Connection, person: Person) -> tuple[Person, tuple[Reply, ...]]:
        tried.append(person)
        raise ZeroDivisionError

    async def respond(message: Waiting) -> Response:
        return Response(effect=broken) if message.incoming.text == "câu 1" else await echo(message)

    rules = Rules("test", reorder=0.0, attempts=2)
    async with opened(engine, respond, rules=rules) as office:
        await office.gateway.accept(sent_text(1))
        await office.gateway.accept(sent_text(2))
        await eventually(lambda: len(office.platform.calls) == 2, clock=office.clock)
    assert office.platform.told() == [words().apology.text, "đáp câu 2"] and len(tried) == 2


async def test_a_slow_answer_is_announced_after_twenty_seconds_and_still_given(engine: Engine) -> None:
    goes = asyncio.Event()

    async def slow(message: Waiting) -> Response:
        await goes.wait()
        return await echo(message)

    async with opened(engine, slow) as office:
        await office.gateway.accept(sent_text(1))
        await asyncio.sleep(0.1)
        assert office.platform.told() == []
        office.clock.time += 21
        await eventually(lambda: office.platform.told() == [words().patience.text])
        goes.set()
        await eventually(lambda: len(office.platform.calls) == 2)
    assert office.platform.told() == [words().patience.text, "đáp câu 1"]


async def test_typing_is_shown_while_an_answer_is_made(engine: Engine) -> None:
    platform = Platform()

    async def slow(message: Waiting) -> Response:
        await eventually(lambda: platform.typed == ["111"])
        return await echo(message)

    rules = Rules("test", reorder=0.0, typing_after=0.01)
    async with opened(engine, slow, platform, rules=rules) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(office.platform.calls) == 1)


async def test_a_busy_platform_gets_the_answer_later(engine: Engine) -> None:
    platform = Platform(fates=[Sent(Fate.RETRY, error="429", retry_after=7)])
    async with opened(engine, platform=platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: not platform.fates)
        assert platform.told() == []
        await eventually(lambda: platform.told() == ["đáp câu 1"], clock=office.clock)
    assert office.clock.time >= START + 7


async def test_an_answer_the_platform_refuses_is_replaced_by_a_word(engine: Engine) -> None:
    platform = Platform(fates=[Sent(Fate.DEAD, error="400")])
    async with opened(engine, platform=platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: platform.told() == [words().excuse.text])


async def test_someone_who_blocked_us_is_left_alone(engine: Engine) -> None:
    platform = Platform(fates=[Sent(Fate.UNREACHABLE, error="403")])

    async def two(message: Waiting) -> Response:
        return Response(replies=(Reply("một"), Reply("hai")))

    async with opened(engine, two, platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: office.states() == ["unreachable", "unreachable"])
        someone = await office.gateway.run(find, Channel.TELEGRAM, "111")
        assert someone is not None and someone.reach is Reach.BLOCKED
    assert platform.calls == []


async def test_a_broken_channel_stops_and_keeps_the_answer(engine: Engine) -> None:
    platform = Platform(fates=[Sent(Fate.OPERATOR, error="401 token")])
    async with opened(engine, platform=platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: not platform.fates)
        await eventually(lambda: office.states() == ["pending"])
    with engine.connect() as connection:
        assert connection.execute(select(stoppage.c.cause)).scalar_one() == "broken"


async def test_an_interrupted_call_is_not_repeated_but_offered(engine: Engine) -> None:
    """Nobody can know whether it arrived: the citizen says."""
    platform = Platform(fates=[Sent(Fate.UNKNOWN, error="timeout")])
    async with opened(engine, platform=platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(platform.calls) == 2, clock=office.clock)
    assert platform.told() == ["đáp câu 1", f"«câu 1»\n{words().lost.text}"]
    (offered,) = platform.calls[1]["buttons"]
    with engine.connect() as connection:
        payload = connection.execute(
            select(button.c.payload).where(button.c.token == offered["token"])
        ).scalar_one()
    assert payload.startswith(RESEND)


async def test_where_the_platform_echoes_silence_means_it_did_not_arrive(engine: Engine) -> None:
    platform = Platform(echoes=True, fates=[Sent(Fate.UNKNOWN, error="timeout")])
    platform.calls.clear()
    async with opened(engine, platform=platform) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: office.states() == ["unknown"])
        office.clock.time += 91
        await eventually(lambda: office.states() == ["sent"], clock=office.clock)
    assert len(platform.calls) == 2


async def test_buttons_go_out_as_tokens(engine: Engine) -> None:
    """A payload in a button would let anybody hand commands to the dialogue engine."""

    async def offer(message: Waiting) -> Response:
        return Response(replies=(Reply("chọn", (Choice("Một", '/select_option{"code":"1.001193"}'),)),))

    async with opened(engine, offer) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(office.platform.calls) == 1)
    (offered,) = office.platform.calls[0]["buttons"]
    assert "select_option" not in str(office.platform.calls) and len(offered["token"]) == 16


async def test_a_pressed_button_shows_its_title_in_the_log(engine: Engine) -> None:
    async def offer(message: Waiting) -> Response:
        return Response(replies=(Reply("chọn", (Choice("Một", "/affirm"),)),))

    async with opened(engine, offer) as office:
        accepted = await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(office.platform.calls) == 1)
        token = office.platform.calls[0]["buttons"][0]["token"]
        tap = sent_text(2, token)
        await office.gateway.accept(type(tap)(tap.channel, "111", "tap", Kind.BUTTON, START + 9, token))
        said = await office.gateway.run(entries, accepted.conversation_id)
    assert said[2].said.text == "Một"


async def test_two_processes_share_the_work_without_doubling_it(postgres_url: str) -> None:
    from bot.database import connect, upgrade

    upgrade(postgres_url)
    platform = Platform()
    first_engine, second_engine = connect(postgres_url), connect(postgres_url)
    async with (
        opened(first_engine, platform=platform, rules=Rules("one", reorder=0.0)) as first,
        opened(second_engine, platform=platform, rules=Rules("two", reorder=0.0)) as second,
    ):
        for number in range(1, 11):
            for person in ("111", "222", "333"):
                office = first if number % 2 else second
                await office.gateway.accept(sent_text(number, external_id=person))
        await eventually(lambda: len(platform.calls) == 30, 20)
    for person in ("111", "222", "333"):
        assert platform.told(person) == [f"đáp câu {number}" for number in range(1, 11)]


async def test_a_watcher_in_another_process_hears_at_once(postgres_url: str) -> None:
    from bot.database import connect, upgrade

    upgrade(postgres_url)
    async with (
        opened(connect(postgres_url), rules=Rules("one", reorder=0.0)) as first,
        opened(connect(postgres_url), rules=Rules("two", reorder=0.0)) as second,
    ):
        accepted = await first.gateway.accept(sent_text(1))
        await eventually(lambda: len(first.platform.calls) + len(second.platform.calls) == 1)
        with second.gateway.watch(accepted.conversation_id) as ring:
            await asyncio.sleep(0.3)
            await first.gateway.accept(sent_text(2))
            assert await ring.wait(5)


@pytest.mark.parametrize("rules", [Rules("test", 1, 32, reorder=0.0), Rules("test", 16, 1, reorder=0.0)])
async def test_what_ends_makes_room_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, rules: Rules
) -> None:
    """With all places taken, the next citizen is served when one gets free, not at the next look round."""
    monkeypatch.setattr("bot.channels.turns._IDLE_SECONDS", 3600.0)
    monkeypatch.setattr("bot.channels.delivery._IDLE_SECONDS", 3600.0)
    async with opened(engine, rules=rules) as office:
        for person in ("111", "222", "333", "444"):
            await office.gateway.accept(sent_text(int(person), external_id=person))
        await eventually(lambda: len(office.platform.calls) == 4)


async def test_a_message_that_cannot_even_be_read_is_not_tried_without_a_pause(engine: Engine) -> None:
    """A row of a later version: it waits for that version, and the gateway rests."""
    with engine.begin() as connection:
        accept(connection, sent_text(1), START, 0.0)
        row = connection.execute(select(inbox)).one()
        connection.execute(update(inbox).values(body={**row.body, "kind": "of tomorrow"}))
    with patch("bot.channels.inbox.begin", wraps=begin) as tried:
        async with opened(engine) as office:
            await eventually(lambda: tried.call_count > 0)
            await asyncio.sleep(0.2)
            due = await office.gateway.run(lambda c: c.execute(select(inbox.c.due_at)).scalar_one())
    assert tried.call_count == 1
    assert due > START + 5
