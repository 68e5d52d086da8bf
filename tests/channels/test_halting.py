"""A stopped channel says so: silence would make citizens wait for an answer that never comes."""

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.answers.outcome import Outcome
from bot.channels import outbox
from bot.channels.halting import Halting
from bot.channels.inbox import Waiting
from bot.channels.message import Incoming, Kind
from bot.channels.response import Response
from bot.channels.situation import Situation
from bot.channels.states import OutboxState
from bot.channels.tables import outbox as outbox_table
from bot.control.stopping import Cause, start, stop
from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.conversations.tables import message
from tests.channels.conftest import START, Platform, echo, eventually, opened, sent_text, words


def sentence() -> str:
    return words().text("stopped")


async def test_citizens_are_told_and_what_was_on_its_way_waits(engine: Engine) -> None:
    platform = Platform()

    async def respond(incoming: Waiting) -> Response:
        return await halting.respond(incoming)

    async with opened(engine, respond, platform) as office:
        halting = Halting(
            echo,
            lambda: words().reply("stopped", Outcome.GUIDED),
            {platform.channel: platform},
            office.clock,
        )
        with engine.begin() as connection:
            stop(connection, Channel.TELEGRAM, Cause.ORDERED, "Trả lời sai", START)
            someone = meet(connection, Channel.TELEGRAM, "111", START)
            outbox.enqueue(connection, someone, [{"to": "111", "text": "lời cũ", "buttons": []}], START)
        await office.gateway.accept(sent_text(1))
        await eventually(lambda: platform.told() == [sentence()])
        with engine.begin() as connection:
            assert start(connection, Channel.TELEGRAM)
        await office.gateway.accept(sent_text(2))
        await eventually(lambda: platform.told() == [sentence(), "lời cũ", "đáp câu 2"])


async def test_whoever_leaves_is_let_go(sqlite_engine: Engine) -> None:
    halting = Halting(echo, lambda: words().reply("stopped", Outcome.GUIDED), {}, lambda: START)
    goodbye = Incoming(Channel.TELEGRAM, "111", "1", Kind.GOODBYE, START)
    with sqlite_engine.begin() as connection:
        halted = Situation(meet(connection, Channel.TELEGRAM, "111", START), halted=True)
    left = await halting.respond(Waiting(1, "c", 1, goodbye, START, 1, halted))
    assert left.effect is None


def test_on_a_broken_channel_nothing_passes(engine: Engine) -> None:
    """Sending goes on failing until somebody mends it."""
    with engine.begin() as connection:
        someone = meet(connection, Channel.ZALO, "111", START)
        outbox.enqueue(connection, someone, [{"message": {"text": "một"}}], START)
        connection.execute(outbox_table.update().values(passes=True))
        stop(connection, Channel.ZALO, Cause.BROKEN, "-216", START)
        assert outbox.claim(connection, "a", START, 9) == []
        stop(connection, Channel.ZALO, Cause.ORDERED, "bảo trì", START)
        (part,) = outbox.claim(connection, "a", START, 9)
        assert outbox.finish(connection, part, OutboxState.SENT, START)


async def test_the_website_is_told_too(sqlite_engine: Engine) -> None:
    """Nothing is sent there: a stop that only held the queue would change nothing."""

    async def respond(incoming: Waiting) -> Response:
        return await halting.respond(incoming)

    async with opened(sqlite_engine, respond) as office:
        reply = words().reply("stopped", Outcome.GUIDED)
        halting = Halting(echo, lambda: reply, {}, office.clock)
        with sqlite_engine.begin() as connection:
            stop(connection, Channel.WEB, Cause.ORDERED, "Trả lời sai", START)
        await office.gateway.accept(Incoming(Channel.WEB, "abc", "1", Kind.TEXT, START, "lệ phí"))

        def said() -> list[str]:
            with sqlite_engine.connect() as connection:
                rows = connection.execute(select(message.c.body).order_by(message.c.seq)).scalars()
                return [row["text"] for row in rows]

        await eventually(lambda: said() == ["lệ phí", sentence()])
