"""Two thousand messages while the gateway is killed again and again."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.channels.states import InboxState, OutboxState
from bot.channels.tables import inbox, outbox
from bot.channels.telegram.webhook import PATH as TELEGRAM_PATH
from bot.channels.words import Words
from bot.channels.zalo import credentials
from bot.channels.zalo.webhook import PATH as ZALO_PATH
from bot.conversations.channel import Channel
from bot.database import connect
from bot.knowledge_source import wording_from
from tests.conftest import ROOT
from tests.doubles.telegram import driver as telegram_double
from tests.doubles.zalo import driver as zalo_double
from tests.faults.assistant import Assistant
from tests.faults.crowd import COPIES, SHUFFLE, SHUFFLE_HOLD, ZALO_LADDER, Crowd
from tests.faults.figures import Figures
from tests.faults.ledger import Ledger
from tests.faults.process import GatewayProcess, running
from tests.faults.size import Size

SECRET = "telegram-secret-for-tests"
REORDER_SECONDS = 0.3
UPTIME_SECONDS = (0.1, 1.8)
STARTING_SECONDS = 1.0
KILLED_WHILE_STARTING = 0.1
DRAIN_SECONDS = 600.0
QUIET_SECONDS = 3.0
_OPEN = (OutboxState.PENDING.value, OutboxState.SENDING.value, OutboxState.UNKNOWN.value)


class Tide:
    """One run over the database of ``engine``."""

    def __init__(
        self,
        size: Size,
        engine: Engine,
        assistant: Assistant,
        telegram: telegram_double.Platform,
        zalo: zalo_double.Platform,
        gateways: list[GatewayProcess],
    ) -> None:
        self._size, self._engine, self._assistant = size, engine, assistant
        self._telegram, self._zalo, self._gateways = telegram, zalo, gateways
        self._dice = random.Random(size.seed)
        self._words = Words(wording_from(ROOT / "domain.yml"))
        self._figures = Figures()
        self._ledger = Ledger(engine)
        urls = [gateway.url for gateway in gateways]
        self._crowd = Crowd(self._ledger, telegram, zalo, urls, self._words.again, self._dice)
        self._cycle_began = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> Figures:
        """Until everything is answered, or nothing more happens."""
        began = self._cycle_began = time.monotonic()
        await self._connect()
        for hearing in (self._ledger.watch, self._crowd.hear_telegram, self._crowd.hear_zalo):
            self._start(hearing())
        each = self._size.messages // self._size.citizens
        for citizen in range(self._size.citizens):
            self._start(self._citizen(citizen, each))
        self._start(self._let_speak(each * self._size.citizens))
        try:
            await self._kill()
            await self._drain(each * self._size.citizens)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._crowd.close()
        self._crowd.note_web()
        self._figures.seconds = time.monotonic() - began
        await self._judge()
        return self._figures

    async def _connect(self) -> None:
        """The platforms know one door each: of two gateways, Zalo the first and Telegram the last."""
        pair = await self._zalo.tokens()
        with self._engine.begin() as connection:
            life = float(pair["expires_in"])
            credentials.store(connection, pair["access_token"], pair["refresh_token"], life, time.time())
        await self._zalo.configure(hook_url=f"{self._gateways[0].url}{ZALO_PATH}")
        await self._telegram.hook(f"{self._gateways[-1].url}{TELEGRAM_PATH}", SECRET)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _citizen(self, citizen: int, messages: int) -> None:
        speaking = asyncio.create_task(self._crowd.speak(citizen, messages))
        try:
            while not speaking.done() and citizen not in self._crowd.browsers and citizen % 3 == 0:
                await asyncio.sleep(0.05)
            if citizen in self._crowd.browsers:
                await asyncio.gather(self._crowd.hear_web(citizen), speaking)
            await speaking
        finally:
            speaking.cancel()

    async def _let_speak(self, messages: int) -> None:
        """As many messages as kills, in proportion: the load goes on while the gateway is down."""
        released = 0
        while released < messages:
            passed = min(1.0, (time.monotonic() - self._cycle_began) / self._size.cycle)
            due = int(messages * min(1.0, (self._figures.kills + passed) / self._size.kills))
            for _ in range(due - released):
                self._crowd.tickets.release()
            released = max(due, released)
            await asyncio.sleep(0.05)

    async def _kill(self) -> None:
        while self._figures.kills < self._size.kills:
            await asyncio.sleep(self._dice.uniform(*UPTIME_SECONDS))
            self._look_after()
            gateway = self._dice.choice(self._gateways)
            gateway.kill()
            gateway.spawn()
            self._figures.kills += 1
            self._cycle_began = time.monotonic()
            if self._dice.random() < KILLED_WHILE_STARTING:
                await asyncio.sleep(self._dice.uniform(0, STARTING_SECONDS))
            else:
                self._figures.restarts.append(await gateway.ready())
        for gateway in self._gateways:
            await gateway.ready()

    async def _drain(self, messages: int) -> None:
        """Until all is answered and the queues have been empty for a while."""
        end = time.monotonic() + DRAIN_SECONDS
        quiet_since = time.monotonic()
        while time.monotonic() < end and time.monotonic() - quiet_since < QUIET_SECONDS:
            self._look_after()
            self._crowd.note_web()
            answered = sum(map(bool, self._ledger.answered().values()))
            if answered < messages or await asyncio.to_thread(self._waiting):
                quiet_since = time.monotonic()
            await asyncio.sleep(0.2)

    def _look_after(self) -> None:
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    def _waiting(self) -> bool:
        """Whether the gateway has anything left to do."""
        unanswered = select(func.count()).where(inbox.c.state == InboxState.WAITING.value)
        unsent = select(func.count()).where(outbox.c.state.in_(_OPEN))
        with self._engine.connect() as connection:
            return bool(connection.execute(unanswered).scalar_one() + connection.execute(unsent).scalar_one())

    async def _judge(self) -> None:
        figures, ledger = self._figures, self._ledger
        answered = ledger.answered()
        figures.lost = [text for text, count in answered.items() if count == 0]
        figures.doubled = [text for text, count in answered.items() if count > 1]
        figures.answered_once = sum(count == 1 for count in answered.values())
        figures.out_of_order, figures.late_pairs = ledger.out_of_order(REORDER_SECONDS)
        figures.messages = {
            channel: sum(question.channel is channel for question in ledger.questions.values())
            for channel in Channel
        }
        figures.again = sum(self._assistant.asked.values()) - len(self._assistant.asked)
        patience = self._words.patience.text
        figures.apologies = sum(texts.count(patience) for texts in ledger.heard.values())
        figures.offered, figures.asked_again = self._crowd.offered, self._crowd.asked_again
        browsers = self._crowd.browsers.items()
        figures.reconnects = sum(max(0, browser.reconnects) for _, browser in browsers)
        figures.torn_streams = [
            f"browser {number}: repeated {browser.repeated}, gaps {browser.gaps}"
            for number, browser in browsers
            if browser.repeated or browser.gaps
        ]
        await self._count_deliveries()
        self._count_calls()

    async def _count_deliveries(self) -> None:
        figures = self._figures
        browsers = self._crowd.browsers.values()
        figures.deliveries[Channel.WEB] = sum(browser.posts for browser in browsers)
        figures.duplicates[Channel.WEB] = sum(browser.duplicates for browser in browsers)
        figures.failed_deliveries[Channel.WEB] = sum(browser.failures for browser in browsers)
        by_zalo = [each for each in await self._zalo.attempts() if each.name == "user_send_text"]
        taken = [each.event for each in by_zalo if each.outcome == "ok"]
        self._count(Channel.ZALO, taken, len(by_zalo))
        by_telegram = await self._telegram.attempts()
        updates = [each.update_id for each in by_telegram if not each.error]
        self._count(Channel.TELEGRAM, updates, len(by_telegram))

    def _count(self, channel: Channel, taken: list[int], attempts: int) -> None:
        self._figures.deliveries[channel] = len(taken)
        self._figures.duplicates[channel] = len(taken) - len(set(taken))
        self._figures.failed_deliveries[channel] = attempts - len(taken)

    def _count_calls(self) -> None:
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(outbox.c.channel, outbox.c.state, outbox.c.attempts, outbox.c.error)
            ).all()
        figures = self._figures
        zalo = [row for row in rows if row.channel == Channel.ZALO.value]
        interrupted = [row for row in zalo if row.error == "interrupted"]
        figures.settled_by_echo = sum(row.state == OutboxState.SENT.value for row in interrupted)
        figures.sent_again = sum(row.attempts > 1 for row in zalo)
        figures.doubtful = {
            Channel.ZALO: figures.settled_by_echo + figures.sent_again,
            Channel.TELEGRAM: sum(
                row.channel == Channel.TELEGRAM.value and row.state == OutboxState.DEAD.value for row in rows
            ),
        }


async def tide(
    size: Size,
    database_url: str,
    folder: Path,
    configured: Callable[[str, int], dict[str, str]],
    names: list[str],
) -> Figures:
    """A run with gateways of these names; what it started ends with it."""
    async with AsyncExitStack() as stack:
        assistant = await stack.enter_async_context(Assistant.open())
        shuffled: dict[str, Any] = {"copies": COPIES, "shuffle": SHUFFLE, "shuffle_hold": SHUFFLE_HOLD}
        telegram = await stack.enter_async_context(telegram_double.Platform.outside(**shuffled))
        zalo = await stack.enter_async_context(
            zalo_double.Platform.outside(**shuffled, ladder=ZALO_LADDER, ladder_scale=1.0)
        )
        settings = configured(database_url, assistant.port)
        settings |= await zalo.gateway_settings()
        settings |= telegram.gateway_settings(SECRET)
        settings["reorder_seconds"] = str(REORDER_SECONDS)
        engine = connect(database_url)
        stack.callback(engine.dispose)
        gateways = await stack.enter_async_context(running(names, folder, settings))
        return await Tide(size, engine, assistant, telegram, zalo, gateways).run()
