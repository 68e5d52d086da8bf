"""Files of citizens on their way from the platform to the shelf."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels.adapter import RefusedError
from bot.channels.brain import BrainError
from bot.channels.message import Kind, Refusal
from bot.channels.tables import inbox
from bot.conversations.channel import Channel
from bot.conversations.log import entries
from bot.conversations.said import FileRef
from tests.channels.conftest import words
from tests.channels.counter import Counter, open_counter

WORDS = words()
PDF = {"name": "don.pdf", "file_id": "f1", "size": 3}
PHOTO = {"name": "anh.jpg", "file_id": "f2", "size": 3}


def received(count: int) -> str:
    return WORDS.text("files_received", None, count=str(count), days="7")


async def ready(counter: Counter) -> None:
    await counter.does(Kind.HELLO)
    counter.phones[Channel.TELEGRAM].shared = {"don.pdf": b"PDF", "anh.jpg": b"JPG"}


async def test_files_are_fetched_kept_and_shown_in_the_log(sqlite_engine: Engine) -> None:
    """Staff would otherwise read "see my paper" without the paper."""
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        assert await counter.does(Kind.FILES, fetch=(PDF, PHOTO)) == [received(2)]
        mine = counter.conversation()
        assert counter.shelf.kept == [(mine, "don.pdf", b"PDF"), (mine, "anh.jpg", b"JPG")]
        said = await counter.gateway.run(entries, mine)
    assert [file.name for entry in said for file in entry.said.files] == ["don.pdf", "anh.jpg"]
    assert counter.brain.asked == []


async def test_a_caption_is_a_question(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        told = await counter.does(Kind.FILES, "giấy này đúng chưa", fetch=(PDF,))
    assert told == [received(1), "đáp giấy này đúng chưa"]


async def test_files_of_the_website_are_there_already(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        file = FileRef("r1", "don.pdf", 3, "application/pdf")
        assert await counter.does(Kind.FILES, channel=Channel.WEB, files=(file,)) == [received(1)]
        said = await counter.gateway.run(entries, counter.conversation(Channel.WEB))
    assert said[0].said.files == (file,) and counter.shelf.kept == []


@pytest.mark.parametrize("why", [Refusal.FILE_TOO_BIG, Refusal.FILE_TYPE, Refusal.FILE_FAILED])
async def test_what_is_not_taken_is_explained_and_the_rest_is_kept(
    sqlite_engine: Engine, why: Refusal
) -> None:
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        counter.phones[Channel.TELEGRAM].trouble = [RefusedError(why.value)]
        told = await counter.does(Kind.FILES, fetch=(PDF, PHOTO))
        assert told == [received(1), WORDS.text(f"refused_{why.value}")]
        counter.shelf.refusals = [RefusedError(why.value), RefusedError(why.value)]
        told = await counter.does(Kind.FILES, fetch=(PDF, PHOTO))
    assert told == [WORDS.text(f"refused_{why.value}")], "the same reason is told once"


async def test_a_platform_that_stumbles_is_asked_again(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        counter.phones[Channel.TELEGRAM].trouble = [OSError("away"), OSError("away")]
        assert await counter.does(Kind.FILES, fetch=(PDF,)) == [received(1)]


async def test_after_three_tries_the_citizen_is_asked_to_send_it_again(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        counter.phones[Channel.TELEGRAM].trouble = [OSError("away")] * 3
        told = await counter.does(Kind.FILES, "đúng chưa", fetch=(PDF,))
    assert told == [WORDS.text("refused_file_failed"), "đáp đúng chưa"]
    with sqlite_engine.connect() as connection:
        assert list(connection.execute(select(inbox.c.attempts).order_by(inbox.c.id)).scalars()) == [1, 3]


async def test_a_question_beside_a_file_that_fails_at_first_keeps_the_file_once(
    sqlite_engine: Engine,
) -> None:
    """Each try would otherwise put another copy of somebody's paper on the shelf."""
    async with open_counter(sqlite_engine) as counter:
        await ready(counter)
        counter.brain.errors = [BrainError("restarting", retryable=True)] * 2
        told = await counter.does(Kind.FILES, "đúng chưa", fetch=(PDF,))
        assert told == [received(1), "đáp đúng chưa"]
        assert len(counter.shelf.kept) == 1
