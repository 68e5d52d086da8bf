"""What citizens lose when these fail: reminders that were due while nothing ran, or that come twice."""

import asyncio
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.channels.gateway import Gateway
from bot.channels.happenings import Happening, Happenings
from bot.channels.notice_opening import open_notices
from bot.channels.notices import Notices, Slot
from bot.channels.noticing import Notifier
from bot.channels.recalling import Recaller
from bot.channels.rules import Rules
from bot.channels.store import Store
from bot.conversations import people
from bot.conversations.channel import Channel
from bot.conversations.tables import message
from bot.knowledge_source import wording_from
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.quiet import quiet_hours
from bot.notices.reminders import Reminders
from bot.notices.tables import reminder
from bot.settings import Settings
from tests.channels.conftest import Platform, echo, eventually, words
from tests.conftest import ROOT
from tests.notices.conftest import CODE, DAY, HOURS, NOW, WORDS, ZONE, Clock, agree

SAY = wording_from(ROOT / "domain.yml")


def notices(
    engine: Engine,
    clock: Callable[[], float],
    slots: tuple[Slot, ...] = (),
    happened: list[Happening] | None = None,
    rung: list[str] | None = None,
) -> Notices:
    """A worker that tells people on the web."""

    def source(_connection: Connection, _now: float) -> list[Happening]:
        found, left = list(happened or ()), happened if happened is not None else []
        left.clear()
        return found

    notifier = Notifier({}, SAY, WORDS.versions, HOURS, "")
    recaller, happenings = Recaller(WORDS.versions, HOURS), Happenings(Reminders(HOURS), (source,))
    ring = (rung if rung is not None else []).append
    return Notices(Store(engine), notifier, recaller, happenings, slots, ring, clock)


def told(engine: Engine) -> list[str]:
    """Conversations in the order in which something was said in them."""
    with engine.connect() as connection:
        return list(connection.execute(select(message.c.conversation_id).order_by(message.c.id)).scalars())


def a_citizen(engine: Engine, who: str, due_at: float, hours_heard: float) -> str:
    """On the web, with consent, and with a reminder due; the conversation."""
    with engine.begin() as connection:
        me = people.meet(connection, Channel.WEB, who, hours_heard)
        agree(connection, me.conversation_id, Purpose.FOLLOW, Channel.WEB)
        Reminders(HOURS).plan(connection, me.conversation_id, Kind.RESULT_READY, CODE, due_at, due_at)
        return me.conversation_id


async def test_what_is_due_is_told_and_the_page_is_woken(engine: Engine) -> None:
    here, rung = a_citizen(engine, "w", NOW, NOW - DAY), list[str]()
    worker = notices(engine, Clock(), rung=rung)
    assert await worker.due() == 1
    assert await worker.due() == 0
    assert told(engine) == rung == [here]


async def test_news_is_told_where_agreed_and_kept_for_a_visit_elsewhere(engine: Engine) -> None:
    here = a_citizen(engine, "w", NOW + DAY, NOW - DAY)
    with engine.begin() as connection:
        silent = people.meet(connection, Channel.WEB, "s", NOW - DAY).conversation_id
    happened = [Happening(one, Kind.STATUS_NEWS, CODE, "5") for one in (here, silent)]
    worker = notices(engine, Clock(), happened=happened)
    assert await worker.news() == 1
    assert await worker.news() == 0
    assert told(engine) == [here]
    with engine.connect() as connection:
        query = select(reminder.c.state).where(reminder.c.conversation_id == silent)
        assert connection.execute(query).scalars().all() == ["held"]


async def test_two_news_of_one_dossier_on_one_day_are_both_told(sqlite_engine: Engine) -> None:
    here = a_citizen(sqlite_engine, "w", NOW + DAY, NOW - DAY)
    happened: list[Happening] = []
    worker = notices(sqlite_engine, Clock(), happened=happened)
    for mark in ("failed", "paid"):
        happened.append(Happening(here, Kind.PAYMENT_NEWS, "ref-1", mark))
        assert await worker.news() == 1
    assert told(sqlite_engine) == [here, here]


async def test_one_broken_conversation_does_not_keep_the_others(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = (a_citizen(sqlite_engine, who, NOW, NOW - DAY) for who in ("b", "f"))
    tell = Notifier.tell

    def sometimes(self: Notifier, connection: Connection, conversation_id: str, now: float) -> bool:
        if conversation_id == broken:
            raise ValueError("cannot be told")
        return tell(self, connection, conversation_id, now)

    monkeypatch.setattr(Notifier, "tell", sometimes)
    assert await notices(sqlite_engine, Clock()).due() == 1
    assert told(sqlite_engine) == [fine]


async def test_slots_run_at_once_and_again_whatever_happens_in_them(sqlite_engine: Engine) -> None:
    calls: Counter[str] = Counter()
    busy = threading.Semaphore(1)

    def fails(_now: float) -> None:
        calls["fails"] += 1
        raise OSError("the system is away")

    def slow(_now: float) -> None:
        assert busy.acquire(blocking=False), "two runs at a time"
        calls["slow"] += 1
        time.sleep(0.3)
        busy.release()

    def well(now: float) -> None:
        calls["well"] += 1
        assert now == NOW

    slots = (Slot("fails", 0.1, fails), Slot("slow", 0.1, slow), Slot("well", 0.1, well))
    task = asyncio.create_task(notices(sqlite_engine, Clock(), slots).run())
    await asyncio.sleep(1.2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert calls["fails"] >= 5 and calls["well"] >= 5
    assert 2 <= calls["slow"] <= 4
    assert busy.acquire(blocking=False), "what was begun is finished"
    seen = dict(calls)
    await asyncio.sleep(0.3)
    assert dict(calls) == seen, "nothing runs on after the end"


async def test_a_gateway_carries_its_notices_to_the_platform_and_stops_in_peace(engine: Engine) -> None:
    """The whole road: planned, decided, queued, delivered, and the button under it works."""
    clock, platform = Clock(), Platform()
    with engine.begin() as connection:
        me = people.meet(connection, Channel.TELEGRAM, "111", NOW - DAY)
        agree(connection, me.conversation_id, Purpose.FOLLOW)
        Reminders(HOURS).plan(connection, me.conversation_id, Kind.RESULT_READY, CODE, NOW, NOW)
    store, adapters = Store(engine), {Channel.TELEGRAM: platform}
    settings = Settings.parse_obj({"data_dir": ROOT / "data"})
    opened = open_notices(settings, store, adapters, SAY, (), lambda one: gateway.ring(one), clock)
    rules = Rules("test", reorder=0.0, sweep_every=0.05)
    gateway = Gateway(store, adapters, echo, words(), rules, clock, (opened.worker,))
    await gateway.start()
    try:
        await eventually(lambda: len(platform.calls) == 1)
        assert gateway.alive
    finally:
        await gateway.stop()
    assert platform.told("111") == ["Hồ sơ …0042 đã có kết quả. Bấm nút để xem cách nhận."]


@contextmanager
def gateways(url: str, many: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes over one database; killed at the end."""
    command = [sys.executable, "-m", "tests.channels.notice_gateway", url]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(many)]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def _have(engine: Engine, enough: int) -> bool:
    return len(told(engine)) >= enough


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def test_what_was_due_while_all_gateways_were_down_comes_after_the_start(
    engine: Engine, database_url: str
) -> None:
    """The gateway runs, is killed with -9, a reminder becomes due, a new gateway starts."""
    now = time.time()
    first = a_citizen(engine, "1", now - 60, now - DAY)
    with gateways(database_url, 1) as running:
        wait_for(lambda: told(engine) == [first])
        running[0].kill()
        running[0].wait()
    second = a_citizen(engine, "2", time.time(), now - DAY)
    time.sleep(1.0)
    assert told(engine) == [first]
    with gateways(database_url, 1):
        wait_for(lambda: len(told(engine)) >= 2)
        time.sleep(1.0)
    assert told(engine) == [first, second]


def test_gateways_killed_in_the_middle_of_their_work_lose_and_repeat_nothing(
    engine: Engine, database_url: str
) -> None:
    """Two gateways are killed with -9 while they send 80 reminders, then one more; the last finishes it."""
    now = time.time()
    everybody = {a_citizen(engine, str(number), now - 60, now - DAY) for number in range(80)}
    for enough, many in ((10, 2), (40, 1)):
        with gateways(database_url, many):
            wait_for(partial(_have, engine, enough))
    with gateways(database_url, 1):
        wait_for(lambda: len(told(engine)) >= len(everybody))
        time.sleep(1.0)
    assert Counter(told(engine)) == Counter(everybody)


def test_hours_of_the_process_are_those_of_the_test() -> None:
    """Without quiet hours the tests above do not depend on the time of day they run at."""
    assert quiet_hours("00:00", "00:00", ZONE).next_allowed(NOW) == NOW
