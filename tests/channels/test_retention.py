"""What the gateway deletes by itself: a promise of the privacy notice."""

import asyncio
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.blobs.folder import FolderStore
from bot.channels import inbox
from bot.channels.attachments import Attachments
from bot.channels.buttons import KEPT_SECONDS, remember
from bot.channels.erasing import erase
from bot.channels.message import Choice
from bot.channels.retention import Retention
from bot.channels.store import Store
from bot.channels.tables import attachment, button
from bot.conversations.tables import conversation, message
from tests.blobs.making import pdf
from tests.channels.conftest import START, Clock, sent_text
from tests.channels.counter import KEY, Parrot

DAY = 86_400.0


class House:
    """Retention of a year over a database and a folder."""

    def __init__(self, engine: Engine, root: Path) -> None:
        self.engine, self.root, self.clock, self.brain = engine, root, Clock(), Parrot()
        self.files = Attachments(engine, FolderStore(root), 7, self.clock)
        self.retention = Retention(
            Store(engine), self.files, self.brain.forget, KEY, chat_days=365, now=self.clock
        )

    def talk(self, who: str = "111") -> str:
        with self.engine.begin() as connection:
            said = sent_text(1, external_id=who, at=self.clock())
            return inbox.accept(connection, said, self.clock(), 0.0).conversation_id

    def count(self, table) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    def blobs(self) -> int:
        return sum(path.is_file() for path in self.root.rglob("*"))


@pytest.fixture
def house(sqlite_engine: Engine, tmp_path: Path) -> House:
    return House(sqlite_engine, tmp_path / "blobs")


async def test_nothing_young_is_touched(house: House) -> None:
    mine = house.talk()
    house.files.put(mine, "don.pdf", pdf())
    house.clock.time += 6 * DAY
    assert await house.retention.once() == 0
    assert (house.count(message), house.blobs()) == (1, 1) and house.brain.forgotten == []


async def test_files_go_after_a_week_and_words_after_a_year(house: House) -> None:
    mine = house.talk()
    house.files.put(mine, "don.pdf", pdf())
    house.clock.time += 7 * DAY + 1
    assert await house.retention.once() == 0
    assert (house.count(message), house.blobs()) == (1, 0)
    house.clock.time += 359 * DAY
    assert await house.retention.once() == 1
    assert house.count(message) == 0 and set(house.brain.forgotten) == {mine}
    assert await house.retention.once() == 0


async def test_who_still_talks_keeps_the_words(house: House) -> None:
    house.talk("old")
    house.clock.time += 366 * DAY
    young = house.talk("young")
    assert await house.retention.once() == 1
    with house.engine.connect() as connection:
        assert connection.execute(select(message.c.conversation_id)).scalars().all() == [young]


async def test_many_are_expired_in_one_go(house: House) -> None:
    for number in range(205):
        house.talk(str(number))
    house.clock.time += 400 * DAY
    assert await house.retention.once() == 205
    assert len(set(house.brain.forgotten)) == 205
    await house.retention.once()
    assert house.count(conversation) == 0


async def test_a_memory_that_is_busy_is_forgotten_the_next_time(house: House) -> None:
    """The words are gone from our tables by then: nobody would look for them in Rasa's again."""
    first, second = house.talk("1"), house.talk("2")
    house.files.put(house.talk("3"), "don.pdf", pdf())
    house.clock.time += 366 * DAY
    house.brain.busy = 1
    with pytest.raises(OSError, match="locked"):
        await house.retention.once()
    assert house.blobs() == 0, "trouble with one does not keep the other"
    await house.retention.once()
    assert {first, second} < set(house.brain.forgotten) and len(set(house.brain.forgotten)) == 3


async def test_buttons_end_and_bytes_without_a_row_are_swept_once_a_day(house: House) -> None:
    mine = house.talk()
    with house.engine.begin() as connection:
        remember(connection, mine, {"t1": Choice("Một", "/x")}, START)
    house.clock.time += KEPT_SECONDS - 1
    await house.retention.once()
    assert house.count(button) == 1
    house.clock.time += 1
    await house.retention.once()
    assert house.count(button) == 0


async def test_a_failure_does_not_end_the_watch(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, again = [], asyncio.Event()

    async def broken() -> int:
        runs.append(1)
        if len(runs) > 1:
            again.set()
        raise OSError("disk")

    monkeypatch.setattr(house.retention, "once", broken)
    monkeypatch.setattr("bot.channels.retention._EVERY_SECONDS", 0.01)
    task = asyncio.create_task(house.retention.run())
    await asyncio.wait_for(again.wait(), 10)
    assert len(runs) > 1 and not task.done()
    task.cancel()


async def test_a_lost_row_is_swept_with_its_bytes(house: House) -> None:
    mine = house.talk()
    file = house.files.put(mine, "don.pdf", pdf())
    with house.engine.begin() as connection:
        connection.execute(attachment.delete().where(attachment.c.ref == file.ref))
    old = time.time() - 30 * DAY
    for path in house.root.rglob("*"):
        if path.is_file():
            os.utime(path, (old, old))
    house.clock.time = time.time()
    await house.retention.once()
    assert house.blobs() == 0


async def test_what_a_crash_left_in_rasa_after_an_erasure_is_forgotten_at_the_next_start(
    house: House,
) -> None:
    """The process ended between the erasure here and the one in Rasa's store."""
    mine = house.talk()
    with house.engine.begin() as connection:
        erase(connection, mine, house.clock(), KEY)
    await house.retention.once()
    assert mine in house.brain.forgotten


async def test_rasa_forgets_before_the_conversation_is_gone_here(house: House) -> None:
    """Afterwards nobody would know whom to forget: while Rasa's store is away, the conversation stays."""
    house.talk()
    house.clock.time += 366 * DAY
    house.brain.busy = 1
    with pytest.raises(OSError, match="locked"):
        await house.retention.once()
    assert house.count(message) == 1
