"""Every message that got an answer has its turn, written with the answer or not at all."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels.brain import BrainError
from bot.channels.message import Kind, Refusal, Reply
from bot.channels.recording import record
from bot.channels.response import Response
from bot.channels.rules import Rules
from bot.channels.tables import inbox
from bot.conversations import log
from bot.conversations.channel import Channel
from bot.conversations.tables import turn
from bot.conversations.turns import Facts, Recorded, Scored, recorded
from tests.channels.conftest import eventually, opened, sent_text, words
from tests.channels.counter import Counter, open_counter

ASKED = Facts("ask_fee", 0.9, "answered", "1.001193", (Scored("1.001193", 0.97),), (), 7, "c6db3af5e33a0e74")


def turns_of(engine: Engine) -> list[Recorded]:
    with engine.connect() as connection:
        return [recorded(row) for row in connection.execute(select(turn).order_by(turn.c.id))]


async def _two(_message: object) -> Response:
    await asyncio.sleep(0.02)
    return Response(replies=(Reply("một", outcome="answered"), Reply("hai", outcome="answered", facts=ASKED)))


async def test_a_turn_knows_its_question_its_answer_and_its_time(engine: Engine) -> None:
    """Staff would judge an answer beside another question; a thumb would count for another turn."""
    async with opened(engine, _two) as office:
        await office.gateway.accept(sent_text(1, "lệ phí khai sinh"))
        await eventually(lambda: len(office.platform.calls) == 2)
        await office.gateway.accept(sent_text(2, "the con gi nua"))
        await eventually(lambda: len(office.platform.calls) == 4)
    first, second = turns_of(engine)
    assert (first.seq, first.answer_seq, second.seq, second.answer_seq) == (1, 3, 4, 6)
    assert (first.accented, second.accented) == (True, False)
    assert first.channel is Channel.TELEGRAM and first.message_id == "111-1"
    assert first.facts.elapsed_ms >= 15
    assert Facts(**{**vars(first.facts), "elapsed_ms": 0.0}) == ASKED
    with engine.connect() as connection:
        (answer,) = log.entries(connection, first.conversation_id, first.answer_seq - 1, 1)
    assert answer.said.text == "hai"


async def test_an_answer_that_could_not_be_committed_has_no_turn_until_it_is(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted twice, or counted without having been said, figures would be wrong by what went wrong."""
    failed: list[object] = []

    def broken(*args: object) -> int | None:
        number = record(*args)  # type: ignore[arg-type]
        if not failed:
            failed.append(number)
            raise RuntimeError("after writing")
        return number

    monkeypatch.setattr("bot.channels.turns.record", broken)
    # The clock runs fast: nothing may seem late because of that.
    async with opened(engine, _two, rules=Rules("test", reorder=0.0, turn_timeout=1e6)) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: len(office.platform.calls) == 2, clock=office.clock)
    assert failed and [one.answer_seq for one in turns_of(engine)] == [3]
    assert office.platform.told() == ["một", "hai"]


async def test_an_apology_is_a_turn_too(sqlite_engine: Engine) -> None:
    async def never(_message: object) -> Response:
        raise BrainError("no", retryable=False)

    async with opened(sqlite_engine, never) as office:
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: office.platform.told() == [words().apology.text])
    (failed,) = turns_of(sqlite_engine)
    assert (failed.facts.outcome, failed.facts.intent, failed.answer_seq) == ("error", "", 2)


async def test_the_counts_of_turns_and_of_answered_messages_agree(sqlite_engine: Engine) -> None:
    """Refusals and commands are turns without an intent; who left was told nothing and has none."""
    async with open_counter(sqlite_engine) as counter:
        await _one_of_each(counter)
    with sqlite_engine.connect() as connection:
        query = select(inbox.c.outcome).where(inbox.c.outcome.is_not(None)).order_by(inbox.c.id)
        ended = connection.execute(query).scalars().all()
    found = turns_of(sqlite_engine)
    assert [one.facts.outcome for one in found] == ended == ["courtesy", "guided", "guided", "answered"]
    assert {one.facts.intent for one in found} == {""}


async def _one_of_each(counter: Counter) -> None:
    await counter.does(Kind.HELLO)
    await counter.does(Kind.UNREADABLE, Refusal.VOICE.value)
    await counter.says("trợ giúp")
    await counter.says("câu hỏi")
    await counter.does(Kind.GOODBYE)


async def test_a_turn_that_erases_leaves_none(sqlite_engine: Engine) -> None:
    """The last word to somebody who was erased must not begin a new record of them."""
    async with open_counter(sqlite_engine) as counter:
        await counter.says("câu hỏi")
        await counter.says("xóa dữ liệu")
        await counter.taps(words().text("erase_yes"))
        assert turns_of(sqlite_engine) == []
