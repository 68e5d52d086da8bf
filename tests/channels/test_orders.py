"""Commands to the gateway, from the message to what is left afterwards, on both kinds of databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels.message import Kind
from bot.channels.tables import attachment, inbox, outbox
from bot.conversations.channel import Channel
from bot.conversations.erasing import is_erased
from bot.conversations.linking import LIFETIME
from bot.conversations.tables import message, tombstone
from tests.channels.conftest import eventually, words
from tests.channels.counter import KEY, OFFER, Counter, open_counter

WORDS = words()
ZALO, TELEGRAM, WEB = Channel.ZALO, Channel.TELEGRAM, Channel.WEB


async def code_of(counter: Counter, channel: Channel, who: str) -> str:
    """A code the citizen asked for."""
    (told,) = await counter.says("liên kết", channel, who)
    return told.splitlines()[0].split()[-1]


async def everybody_greeted(counter: Counter) -> None:
    await counter.does(Kind.HELLO, channel=ZALO, who="z")
    await counter.does(Kind.HELLO, channel=TELEGRAM, who="t")


async def joined(counter: Counter) -> str:
    """One conversation on Zalo and Telegram; its id."""
    await everybody_greeted(counter)
    await counter.says("câu 1", ZALO, "z")
    code = await code_of(counter, ZALO, "z")
    assert await counter.says(f"mã {code.lower()}", TELEGRAM, "t") == [WORDS.text("linked")]
    return counter.conversation(ZALO, "z")


async def test_a_conversation_goes_on_in_another_channel(engine: Engine) -> None:
    """Both ends reach the same memory, and each question is answered where it was asked."""
    async with open_counter(engine) as counter:
        shared = await joined(counter)
        assert counter.conversation(TELEGRAM, "t") == shared
        assert await counter.says("câu 2", TELEGRAM, "t") == ["đáp câu 2"]
        assert "đáp câu 2" not in counter.told(ZALO, "z")
        assert await counter.says("câu 3", ZALO, "z") == ["đáp câu 3"]
    assert counter.brain.asked == [
        (shared, ZALO, "câu 1"),
        (shared, TELEGRAM, "câu 2"),
        (shared, ZALO, "câu 3"),
    ]


async def test_the_code_is_shown_with_how_long_it_is_good(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await everybody_greeted(counter)
        (told,) = await counter.says("liên kết", ZALO, "z")
    assert "10 phút" in told and "LK-" in told and "{" not in told


async def test_codes_that_link_nothing_say_why(engine: Engine) -> None:
    async with open_counter(engine) as counter:
        await everybody_greeted(counter)
        code = await code_of(counter, ZALO, "z")
        assert await counter.says(code, ZALO, "z") == [WORDS.text("link_same")]
        assert await counter.says("LK-BBBB-CCCC", TELEGRAM, "t") == [WORDS.text("link_unknown")]
        counter.clock.time += LIFETIME
        expired = WORDS.text("link_expired", minutes="10")
        assert await counter.says(code, TELEGRAM, "t") == [expired]
        code = await code_of(counter, ZALO, "z")
        await counter.says(code, TELEGRAM, "t")
        await counter.does(Kind.HELLO, channel=TELEGRAM, who="other")
        assert await counter.says(code, TELEGRAM, "other") == [WORDS.text("link_used")]
        for _ in range(4):
            await counter.says("LK-BBBB-CCCC", TELEGRAM, "other")
        fresh = await code_of(counter, ZALO, "z")
        assert await counter.says(fresh, TELEGRAM, "other") == [WORDS.text("link_throttled", minutes="10")]


async def test_one_word_takes_a_channel_out_again(engine: Engine) -> None:
    async with open_counter(engine) as counter:
        shared = await joined(counter)
        assert await counter.says("ngắt", TELEGRAM, "t") == [WORDS.text("unlinked")]
        assert counter.conversation(TELEGRAM, "t") != shared == counter.conversation(ZALO, "z")
        assert await counter.says("câu 2", TELEGRAM, "t") == ["đáp câu 2"]
        assert await counter.says("ngắt", TELEGRAM, "t") == [WORDS.text("not_linked")]
    assert counter.brain.asked[-1][0] != shared


async def test_a_button_of_the_conversation_left_is_over(engine: Engine) -> None:
    async with open_counter(engine) as counter:
        await joined(counter)
        await counter.says(OFFER, TELEGRAM, "t")
        await counter.says("ngắt", TELEGRAM, "t")
        assert await counter.taps("Một", TELEGRAM, "t") == [WORDS.text("refused_menu_expired")]


async def test_erasing_asks_first_and_no_means_no(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await everybody_greeted(counter)
        await counter.says("câu 1", ZALO, "z")
        before = counter.conversation(ZALO, "z")
        assert await counter.says("xóa dữ liệu", ZALO, "z") == [WORDS.text("erase_ask")]
        assert await counter.taps(WORDS.text("erase_no"), ZALO, "z") == [WORDS.text("kept")]
        assert counter.conversation(ZALO, "z") == before
    assert counter.brain.forgotten == []


@pytest.mark.parametrize("channel", [ZALO, WEB])
async def test_what_is_erased_is_gone_and_the_last_word_arrives(engine: Engine, channel: Channel) -> None:
    async with open_counter(engine) as counter:
        if channel is not WEB:
            await counter.does(Kind.HELLO, channel=channel, who="z")
        await counter.says("tôi muốn ly hôn", channel, "z")
        before = counter.conversation(channel, "z")
        with engine.begin() as connection:
            connection.execute(attachment.insert().values(_file(before, counter.clock())))
        await counter.says("xóa dữ liệu", channel, "z")
        last = await _press(counter, WORDS.text("erase_yes"), channel)
        assert last == [WORDS.text("erased")]
        after = counter.conversation(channel, "z")
        assert after != before
        await eventually(lambda: counter.brain.forgotten == [before])

        with engine.connect() as connection:
            assert "ly hôn" not in str(connection.execute(select(message)).all())
            assert "ly hôn" not in str(connection.execute(select(inbox)).all())
            assert "ly hôn" not in str(connection.execute(select(outbox)).all())
            (file,) = connection.execute(select(attachment)).all()
            assert file.expires_at <= counter.clock() and file.name == ""
            assert len(connection.execute(select(tombstone)).all()) == 1
            assert is_erased(connection, channel, "z", KEY)

        assert await counter.says("câu 2", channel, "z") == ["đáp câu 2"]
        assert counter.conversation(channel, "z") == after
    assert counter.brain.asked[-1][0] == after


async def test_erasing_reaches_every_channel_of_the_conversation(engine: Engine) -> None:
    """And what Telegram had said before it was linked."""
    async with open_counter(engine) as counter:
        await everybody_greeted(counter)
        await counter.says("bí mật", TELEGRAM, "t")
        alone = counter.conversation(TELEGRAM, "t")
        shared = await joined(counter)
        await counter.says("xóa dữ liệu", TELEGRAM, "t")
        assert await counter.taps(WORDS.text("erase_yes"), TELEGRAM, "t") == [WORDS.text("erased")]
        await eventually(lambda: set(counter.brain.forgotten) == {alone, shared})
        with engine.connect() as connection:
            assert "bí mật" not in str(connection.execute(select(message)).all())
        assert await counter.says("câu 9", ZALO, "z") == [WORDS.text("greeting", ZALO), "đáp câu 9"]
        assert counter.conversation(ZALO, "z") not in (shared, counter.conversation(TELEGRAM, "t"))


async def test_asked_twice_in_a_row_erases_once(engine: Engine) -> None:
    async with open_counter(engine) as counter:
        await counter.does(Kind.HELLO, channel=ZALO, who="z")
        await counter.says("xóa dữ liệu", ZALO, "z")
        token = counter.token(WORDS.text("erase_yes"), ZALO, "z")
        await counter.does(Kind.BUTTON, token, ZALO, "z")
        assert await counter.does(Kind.BUTTON, token, ZALO, "z") == [WORDS.text("refused_menu_expired")]
        await eventually(lambda: len(counter.brain.forgotten) == 1)


async def test_rasa_forgets_even_if_its_database_is_busy_at_first(sqlite_engine: Engine) -> None:
    """The citizen was told that all is gone."""
    async with open_counter(sqlite_engine) as counter:
        await counter.does(Kind.HELLO, channel=ZALO, who="z")
        before, counter.brain.busy = counter.conversation(ZALO, "z"), 1
        await counter.says("xóa dữ liệu", ZALO, "z")
        await counter.taps(WORDS.text("erase_yes"), ZALO, "z")
        await eventually(lambda: counter.brain.forgotten == [before])


@pytest.mark.parametrize("word", ["privacy", "help"])
async def test_privacy_and_help_are_explained(sqlite_engine: Engine, word: str) -> None:
    asked = {"privacy": "quyền riêng tư", "help": "trợ giúp"}[word]
    values: dict[str, str] = {"privacy": {"days": "365", "file_days": "7"}}.get(word, {})
    async with open_counter(sqlite_engine) as counter:
        await everybody_greeted(counter)
        assert await counter.says(asked, ZALO, "z") == [WORDS.text(word, None, **values)]


async def _press(counter: Counter, title: str, channel: Channel) -> list[str]:
    """Press a button; afterwards the web shows another conversation from its beginning."""
    if channel is not WEB:
        return await counter.taps(title, channel, "z")
    with counter.engine.connect() as connection:
        bodies = connection.execute(select(message.c.body)).scalars().all()
    token = next(b["token"] for body in bodies for b in body.get("buttons", ()) if b["title"] == title)
    await counter.does(Kind.BUTTON, token, WEB, "z")
    return counter.told(WEB, "z")


def _file(conversation_id: str, now: float) -> dict[str, object]:
    return {
        "ref": "r1",
        "conversation_id": conversation_id,
        "name": "đơn.pdf",
        "type": "application/pdf",
        "size": 1,
        "sha256": "0" * 64,
        "created_at": now,
        "expires_at": now + 1e9,
    }
