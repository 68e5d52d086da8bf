"""All servers of an installation with the platforms and the government around them, and the citizens."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from bot.channels.telegram.client import Client
from bot.channels.telegram.commands import read_commands
from bot.channels.telegram.registration import hook_url, register
from bot.channels.words import Words
from bot.channels.zalo import credentials
from bot.channels.zalo.webhook import PATH as ZALO_HOOK
from bot.conversations.channel import Channel
from bot.database import connect
from bot.knowledge_source import wording_from
from bot.load.ports import free_port
from bot.serving.health import answers
from bot.settings import Settings
from tests.doubles.gov.process import Outside
from tests.doubles.gov.settings import Settings as Government
from tests.doubles.telegram.driver import Platform as Telegram
from tests.doubles.zalo.driver import Platform as Zalo
from tests.e2e.test_server import start
from tests.e2e.visitor import Visitor
from tests.working import ROOT, catalogue_url

T = TypeVar("T")
WORDS = Words(wording_from(ROOT / "domain.yml"))
WAIT = 20.0
_numbers = count(1)


def once(work: Coroutine[Any, Any, T]) -> T:
    """Run in an event loop of its own."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


@contextmanager
def double(name: str) -> Iterator[str]:
    """Address of a platform in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.doubles.{name}"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Office:
    """The running servers and the platforms around them."""

    settings: Settings
    zalo: str
    telegram: str
    gov: Outside

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the gateway's database holds."""
        with sqlite3.connect(self.settings.database_url.removeprefix("sqlite:///")) as connection:
            return connection.execute(query, values).fetchall()

    def kept(self) -> dict[str, bytes]:
        """Every byte written anywhere by any of the servers."""
        return {str(p): p.read_bytes() for p in self.settings.var_dir.rglob("*") if p.is_file()}


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    """Everything runs until the end of the block."""
    with double("zalo") as zalo, double("telegram") as telegram, Outside(folder / "gov.jsonl") as gov:
        settings = once(settle(folder, zalo, telegram, gov.url))
        running = start(settings, lambda: answers(f"{settings.gateway_url}/health/ready"))
        once(register_hooks(settings, zalo))
        try:
            yield Office(settings, zalo, telegram, gov)
        finally:
            running.process.terminate()
            running.process.wait(20)


async def settle(folder: Path, zalo_url: str, telegram_url: str, gov_url: str) -> Settings:
    """Settings of an installation with all channels; its database holds the catalogue and Zalo's tokens."""
    zalo, telegram = Zalo(zalo_url), Telegram(telegram_url)
    url = f"sqlite:///{folder / 'assistant.db'}"
    with (
        sqlite3.connect(catalogue_url().removeprefix("sqlite:///")) as shipped,
        sqlite3.connect(folder / "assistant.db") as own,
    ):
        shipped.backup(own)
    pair, engine = await zalo.tokens(), connect(url)
    with engine.begin() as connection:
        life = float(pair["expires_in"])
        credentials.store(connection, pair["access_token"], pair["refresh_token"], life, time.time())
    engine.dispose()
    known = Government()
    government = {
        "onestop_url": gov_url,
        "onestop_username": known.username,
        "onestop_password": known.password,
        "onestop_unit": known.unit,
        "onestop_destination": known.destination,
    }
    platforms = {**await zalo.gateway_settings(), **telegram.gateway_settings()}
    await zalo.close()
    await telegram.close()
    return Settings.parse_obj(
        {
            "database_url": url,
            "tracker_url": f"sqlite:///{folder / 'tracker.db'}",
            "var_dir": folder,
            "rasa_port": free_port(),
            "action_port": free_port(),
            "gateway_port": free_port(),
            "console_port": free_port(),
            "relay_secret": uuid4().hex,
            **platforms,
            **government,
            # Tests run at any hour.
            "quiet_from": "00:00",
            "quiet_to": "00:00",
        }
    )


async def register_hooks(settings: Settings, zalo_url: str) -> None:
    zalo, client = Zalo(zalo_url), Client(settings.telegram_token, settings.telegram_api_url)
    await zalo.configure(hook_url=settings.gateway_url + ZALO_HOOK)
    commands = read_commands(ROOT / "data" / "channels" / "commands.yaml")
    await register(client, hook_url(settings.gateway_url), settings.telegram_secret, commands)
    await zalo.close()
    await client.close()


class Crowd:
    """Citizens nobody has met before."""

    def __init__(self, office: Office, stack: AsyncExitStack) -> None:
        self.office, self._stack = office, stack
        self.zalo, self.telegram = Zalo(office.zalo), Telegram(office.telegram)
        stack.push_async_callback(self.zalo.close)
        stack.push_async_callback(self.telegram.close)

    async def one(self, channel: Channel) -> Any:
        """A new citizen of a channel; on a platform one who was greeted already."""
        number = 1000 + next(_numbers)
        if channel is Channel.WEB:
            return await self._stack.enter_async_context(Visitor.at(self.office.settings.gateway_url))
        if channel is Channel.ZALO:
            phone: Any = self.zalo.phone(number)
            await phone.follows()
        else:
            phone = self.telegram.phone(number)
            await phone.starts()
        await phone.hears_of("trợ lý tự động", WAIT)
        return phone

    def stranger(self, channel: Channel) -> Any:
        """One who has not been greeted."""
        number = 1000 + next(_numbers)
        return self.zalo.phone(number) if channel is Channel.ZALO else self.telegram.phone(number)
