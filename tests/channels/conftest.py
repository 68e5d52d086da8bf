"""A channel in memory, a clock set by hand and a gateway over both kinds of databases."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels.adapter import Payload, Sent
from bot.channels.gateway import Gateway
from bot.channels.inbox import Waiting
from bot.channels.message import Choice, Incoming, Kind, Reply
from bot.channels.response import Response
from bot.channels.rules import Rules
from bot.channels.states import Fate
from bot.channels.store import Store
from bot.channels.tables import outbox
from bot.channels.words import Words
from bot.conversations.channel import Channel
from bot.knowledge_source import wording_from
from tests.conftest import ROOT

START = 1_800_000_000.0


@dataclass
class Clock:
    """POSIX seconds that move only when told."""

    time: float = START

    def __call__(self) -> float:
        return self.time


@dataclass
class Platform:
    """An adapter that keeps what it was asked to send. ``fates`` are used up first, then all is sent."""

    channel: Channel = Channel.TELEGRAM
    echoes: bool = False
    fates: list[Sent] = field(default_factory=list)
    calls: list[Payload] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def parts(self, external_id: str, reply: Reply, token: Callable[[Choice], str]) -> Sequence[Payload]:
        buttons = [{"title": c.title, "token": token(c)} for c in reply.buttons if c.payload]
        lines = reply.text.split("\n\n")
        return [
            {"to": external_id, "text": line, "buttons": buttons if line is lines[-1] else []}
            for line in lines
        ]

    async def send(self, payload: Payload) -> Sent:
        sent = self.fates.pop(0) if self.fates else Sent(Fate.SENT, external_id=str(len(self.calls)))
        if sent.fate in (Fate.SENT, Fate.UNKNOWN):
            self.calls.append(payload)
        return sent

    async def typing(self, external_id: str) -> None:
        self.typed.append(external_id)

    async def download(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        raise OSError(str(handle))

    async def close(self) -> None:
        return None

    def told(self, external_id: str = "111") -> list[str]:
        return [call["text"] for call in self.calls if call["to"] == external_id]


def sent_text(number: int, text: str = "", external_id: str = "111", at: float | None = None) -> Incoming:
    """The ``number``-th message of a citizen on Telegram."""
    moment = START + number if at is None else at
    message_id = f"{external_id}-{number}"
    return Incoming(Channel.TELEGRAM, external_id, message_id, Kind.TEXT, moment, text or f"câu {number}")


async def echo(message: Waiting) -> Response:
    """Answers "đáp <text>"."""
    return Response(replies=(Reply(f"đáp {message.incoming.text}", outcome="answered"),))


@cache
def words() -> Words:
    """The texts, read once: a test that waits asks for them again and again."""
    return Words(wording_from(ROOT / "domain.yml"))


async def eventually(check: Callable[[], bool], seconds: float = 10.0, clock: Clock | None = None) -> None:
    """Wait until ``check()``; fails after ``seconds``. Meanwhile ``clock`` runs fast."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return
        await asyncio.sleep(0.01)
        if clock is not None:
            clock.time += 0.5
    raise AssertionError("it did not happen in time")


@dataclass
class Office:
    """A gateway with what is around it."""

    gateway: Gateway
    platform: Platform
    engine: Engine
    clock: Clock

    def states(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(outbox.c.state).order_by(outbox.c.id)).scalars())


@asynccontextmanager
async def opened(
    engine: Engine,
    respond: Callable[[Waiting], Any] = echo,
    platform: Platform | None = None,
    clock: Clock | None = None,
    rules: Rules | None = None,
) -> AsyncIterator[Office]:
    """A working gateway; stopped at the end. No waiting for reordering unless ``rules`` say so."""
    platform, clock = platform or Platform(), clock or Clock()
    rules = rules or Rules("test", reorder=0.0, sweep_every=0.05)
    gateway = Gateway(Store(engine), {platform.channel: platform}, respond, words(), rules, clock)
    await gateway.start()
    try:
        yield Office(gateway, platform, engine, clock)
    finally:
        await gateway.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()
