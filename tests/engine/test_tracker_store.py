"""What citizens lose here: what they said a message ago, or a turn when the database fails in silence."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from sqlalchemy import text

from bot.conversations import sessions
from bot.database import connect
from bot.engine.tracker_store import SessionTrackerStore

DOMAIN = Domain.from_dict(
    {
        "intents": ["ask_fee"],
        "slots": {
            "context": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
        },
    }
)


async def remember(store: SessionTrackerStore, who: str, context: str) -> None:
    tracker = await store.get_or_create_tracker(who)
    tracker.update(UserUttered("tôi hỏi", {"name": "ask_fee"}))
    tracker.update(ActionExecuted("action_answer"))
    tracker.update(SlotSet("context", context))
    await store.save(tracker)


async def test_what_one_process_keeps_another_one_knows(database_url: str) -> None:
    """A citizen may meet another process after a restart."""
    one, other = (SessionTrackerStore(DOMAIN, url=database_url) for _ in range(2))
    assert await one.retrieve("a") is None
    await remember(one, "a", "first")
    await remember(other, "a", "second")
    found = await one.retrieve("a")
    assert found is not None and found.get_slot("context") == "second"
    assert list(await one.keys()) == ["a"]


async def test_a_hundred_citizens_at_once_keep_their_own(database_url: str) -> None:
    store = SessionTrackerStore(DOMAIN, url=database_url)
    people = [f"c{number}" for number in range(100)]
    await asyncio.gather(*(remember(store, who, f"of {who}") for who in people))
    found = await asyncio.gather(*(store.retrieve(who) for who in people))
    assert [tracker.get_slot("context") for tracker in found if tracker] == [f"of {who}" for who in people]


async def test_one_row_however_many_messages(database_url: str) -> None:
    store = SessionTrackerStore(DOMAIN, url=database_url)
    for number in range(5):
        await remember(store, "a", str(number))
    engine = connect(database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT body FROM session")).all()
    engine.dispose()
    assert len(rows) == 1 and len(bytes(rows[0].body)) < 1500 and b"h\xe1\xbb\x8fi" not in bytes(rows[0].body)


async def test_a_failing_database_is_told(sqlite_url: str) -> None:
    """Going on in memory would lose the thread with the next restart, and nobody would know."""
    store = SessionTrackerStore(DOMAIN, url=sqlite_url)
    with store._engine.begin() as connection:
        connection.execute(text("DROP TABLE session"))
    with pytest.raises(Exception, match="session"):
        await store.retrieve("a")


def test_processes_that_begin_at_once_all_find_the_table(database_url: str) -> None:
    """One of them would otherwise end with the first start of an installation."""
    engines = [connect(database_url) for _ in range(6)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(sessions.create, engines))
    with engines[0].connect() as connection:
        assert sessions.known(connection) == []
    for engine in engines:
        engine.dispose()
