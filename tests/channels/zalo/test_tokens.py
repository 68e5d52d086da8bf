"""Zalo's refresh tokens work once: two processes refreshing with the same one lock the account out."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels.tables import credential
from bot.channels.zalo import credentials
from bot.channels.zalo.answer import Answer, read_answer
from bot.channels.zalo.client import NoAnswerError, NotSentError
from bot.channels.zalo.tokens import NotAuthorisedError, NoTokenNowError, Tokens

T = TypeVar("T")
NOW = 1_800_000_000.0
DAY = 86_400.0


class OAuth:
    """Zalo's side: each refresh token works once and gives the next pair."""

    def __init__(self) -> None:
        self.good = "r0"
        self.issued = 0
        self.asked: list[str] = []
        self.trouble: list[Exception | Answer] = []

    async def __call__(self, refresh: str) -> Answer:
        self.asked.append(refresh)
        await asyncio.sleep(0.02)
        if self.trouble:
            trouble = self.trouble.pop(0)
            if isinstance(trouble, Answer):
                return trouble
            raise trouble
        if refresh != self.good:
            return read_answer(200, {}, b'{"error":-14020,"error_name":"Invalid refresh token"}')
        self.issued += 1
        self.good = f"r{self.issued}"
        body = f'{{"access_token":"a{self.issued}","refresh_token":"{self.good}","expires_in":"90000"}}'
        return read_answer(200, {}, body.encode())


class Office:
    """A database with one pair, and a clock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.oauth = OAuth()
        self.time = NOW
        self.paused = 0
        self.failures = 0

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        def transact() -> T:
            if work is credentials.succeed and self.failures:
                self.failures -= 1
                raise OperationalError("UPDATE", {"token": "secret"}, Exception("away"))
            with self.engine.begin() as connection:
                return work(connection, *args)

        return await asyncio.to_thread(transact)

    async def pause(self, _seconds: float) -> None:
        self.paused += 1
        await asyncio.sleep(0.005)

    def tokens(self, owner: str = "one") -> Tokens:
        return Tokens(self.run, self.oauth, lambda: self.time, owner, self.pause)

    def store(self, life: float, number: int = 0) -> None:
        with self.engine.begin() as connection:
            credentials.store(connection, f"a{number}", f"r{number}", life, self.time)

    def change(self, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(credential).values(**values))

    def stored(self) -> credentials.Credential:
        with self.engine.begin() as connection:
            found = credentials.load(connection)
        assert found is not None
        return found


@pytest.fixture
def office(engine: Engine) -> Office:
    """On both databases."""
    return Office(engine)


@pytest.fixture
def small(sqlite_engine: Engine) -> Office:
    return Office(sqlite_engine)


async def test_eight_processes_refresh_once(office):
    office.store(0)
    tokens = [office.tokens(f"p{number}") for number in range(8)]
    found = await asyncio.gather(*(each.current() for each in tokens for _ in range(3)))
    assert {each.access for each in found} == {"a1"}
    assert office.oauth.asked == ["r0"]


async def test_eight_processes_whose_token_was_refused_refresh_once(office):
    office.store(DAY)
    tokens = [office.tokens(f"p{number}") for number in range(8)]
    old = [await each.current() for each in tokens]
    found = await asyncio.gather(*(each.renew(pair) for each, pair in zip(tokens, old, strict=True)))
    assert {each.access for each in found} == {"a1"}
    assert office.oauth.asked == ["r0"]


async def test_the_chain_of_pairs_is_followed(office):
    office.store(0)
    tokens = [office.tokens("p1"), office.tokens("p2")]
    for turn in range(1, 6):
        assert (await tokens[turn % 2].current()).access == f"a{turn}"
        office.time += 90_001
    stored = office.stored()
    assert (stored.refresh, stored.version) == ("r5", 6)


async def test_a_token_with_over_two_hours_is_used_from_memory(small):
    small.store(2 * 3600 + 1)
    tokens = small.tokens()
    assert (await tokens.current()).access == "a0"
    small.change(access_token="other")
    assert (await tokens.current()).access == "a0"
    small.time += 2
    assert (await tokens.current()).access == "a1"


async def test_in_advance_nobody_waits_for_another_process(small):
    small.store(3600)
    small.change(lock_owner="other", lock_until=NOW + 30)
    assert (await small.tokens().current()).access == "a0"
    assert small.paused == 0 and small.oauth.asked == []


async def test_a_dead_process_loses_its_lock_in_time(small):
    small.store(0)
    small.change(lock_owner="dead", lock_until=NOW + 30)

    async def later(_seconds: float) -> None:
        small.time += 10

    tokens = Tokens(small.run, small.oauth, lambda: small.time, "one", later)
    assert (await tokens.current()).access == "a1"


async def test_a_process_that_comes_back_takes_up_its_own_lock(small):
    small.store(0)
    small.change(lock_owner="one", lock_until=NOW + 30)
    assert (await small.tokens("one").current()).access == "a1"
    assert small.paused == 0


async def test_waiting_has_an_end(small):
    small.store(0)
    small.change(lock_owner="other", lock_until=NOW + 10**6)

    async def at_once(_seconds: float) -> None:
        small.paused += 1

    async def run(work: Callable[..., T], *args: Any) -> T:
        with small.engine.begin() as connection:
            return work(connection, *args)

    with pytest.raises(NoTokenNowError):
        await Tokens(run, small.oauth, lambda: NOW, "one", at_once).current()
    assert small.paused == 200


async def test_a_crash_before_the_commit_needs_an_administrator(small, caplog):
    """Zalo used the refresh token up and nobody kept its successor."""
    small.store(0)
    small.oauth.good = "lost with the process"
    tokens = small.tokens()
    for _ in range(3):
        with pytest.raises(NotAuthorisedError, match="14020|refused"):
            await tokens.current()
    assert small.oauth.asked == ["r0"]
    assert "authorise the account again" in caplog.text and "r0" not in caplog.text
    small.oauth.good = "r7"
    small.store(DAY, 7)
    assert (await tokens.current()).access == "a7"


async def test_a_refused_refresh_in_advance_silences_nobody_yet(small):
    small.store(3600)
    small.oauth.good = "another"
    tokens = small.tokens()
    assert (await tokens.current()).access == "a0"
    assert (await tokens.current()).access == "a0"
    assert small.oauth.asked == ["r0"]
    small.time += 3600
    with pytest.raises(NotAuthorisedError):
        await tokens.current()


@pytest.mark.parametrize(
    "trouble",
    [NotSentError("x"), NoAnswerError("x"), Answer(502), Answer(200, -32, read=True), Answer(500, -14020)],
)
async def test_passing_trouble_is_tried_again(small, trouble):
    small.store(0)
    small.oauth.trouble = [trouble]
    tokens = small.tokens()
    with pytest.raises(NoTokenNowError):
        await tokens.current()
    assert (await tokens.current()).access == "a1"


async def test_passing_trouble_in_advance_is_left_alone_for_a_minute(small):
    small.store(3600)
    small.oauth.trouble = [NotSentError("x")]
    tokens = small.tokens()
    for _ in range(3):
        assert (await tokens.current()).access == "a0"
    assert len(small.oauth.asked) == 1
    small.time += 61
    assert (await tokens.current()).access == "a1"


async def test_a_new_pair_survives_a_database_that_is_away(small, caplog):
    small.store(0)
    small.failures = 3
    assert (await small.tokens().current()).access == "a1"
    assert small.stored().refresh == "r1"
    assert "secret" not in caplog.text


async def test_a_new_pair_survives_the_end_of_its_caller(small):
    small.store(0)
    task = asyncio.create_task(small.tokens().current())
    while not small.oauth.asked:
        await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert small.stored().refresh == "r1"


async def test_without_a_first_authorisation(small):
    with pytest.raises(NotAuthorisedError):
        await small.tokens().current()


def test_storing_replaces_the_pair_and_ends_the_lock(office):
    office.store(DAY)
    office.change(lock_owner="x", lock_until=NOW + 30)
    office.store(DAY, 5)
    stored = office.stored()
    assert (stored.access, stored.refresh, stored.version) == ("a5", "r5", 2)
    assert stored.expires_at == NOW + DAY
    assert "a5" not in repr(stored)
    with office.engine.begin() as connection:
        assert credentials.lock(connection, "y", 1, NOW) is None
        assert credentials.lock(connection, "y", 2, NOW) == stored
        assert credentials.lock(connection, "z", 2, NOW) is None
        credentials.unlock(connection, "z", 2)
        assert credentials.lock(connection, "z", 2, NOW) is None
        credentials.unlock(connection, "y", 2)
        assert credentials.lock(connection, "z", 2, NOW) == stored
