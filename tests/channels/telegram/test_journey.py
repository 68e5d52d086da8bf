"""A phone, Telegram's double and our door together: registered, spoken to, pressed, repeated, blocked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.message import Choice, Incoming, Kind, Refusal, Reply
from bot.channels.telegram.adapter import TelegramAdapter
from bot.channels.telegram.client import Client
from bot.channels.telegram.registration import (
    bot_name,
    hook,
    hook_url,
    register,
    troubles,
    unregister,
    unusable,
)
from bot.channels.telegram.webhook import Webhook
from tests.channels.telegram.doubles import MemoryHub
from tests.channels.telegram.samples import COMMANDS
from tests.doubles.telegram.driver import Platform

SECRET = "s3cret_of-the-hook"
CITIZEN = 111


class Door:
    """A running webhook and the calls of its bot."""

    def __init__(self, telegram: Platform, secret: str) -> None:
        self.hub = MemoryHub()
        self.client = Client(telegram.token, telegram.url)
        self.adapter = TelegramAdapter(self.client)
        self.webhook = Webhook(self.hub, self.client, secret, COMMANDS)
        self.url = ""

    @property
    def heard(self) -> list[Incoming]:
        return sorted(self.hub.accepted.values(), key=lambda incoming: incoming.sent_at)


@asynccontextmanager
async def opened(telegram: Platform, secret: str = SECRET) -> AsyncIterator[Door]:
    door = Door(telegram, secret)
    app = Starlette(routes=door.webhook.routes())
    server = uvicorn.Server(uvicorn.Config(app, port=0, ws="none", log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), task.exception()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    door.url = hook_url(f"http://127.0.0.1:{port}/")
    try:
        yield door
    finally:
        server.should_exit = True
        await task
        await door.webhook.close()
        await door.adapter.close()


async def test_a_citizen_greets_asks_presses_and_leaves():
    async with Platform.inside() as telegram, opened(telegram) as door:
        await register(door.client, door.url, SECRET, COMMANDS)
        phone = telegram.phone(CITIZEN)
        await phone.starts("l_a1-B2")
        await phone.says("Lệ phí khai sinh?")
        await telegram.settle()
        parts = door.adapter.parts(str(CITIZEN), Reply("Chọn:", (Choice("Nơi nộp", "/x"),)), lambda _: "k1")
        await door.adapter.send(parts[0])
        await phone.taps("Nơi nộp")
        await phone.sends_voice()
        await phone.edits("Lệ phí khai tử?")
        await phone.sends_document(b"%PDF-1.4", caption="đơn")
        await phone.blocks()
        await telegram.settle()
        await door.webhook.close()
        assert sorted((found.kind, found.text) for found in door.heard) == sorted(
            [
                (Kind.HELLO, "l_a1-B2"),
                (Kind.TEXT, "Lệ phí khai sinh?"),
                (Kind.BUTTON, "k1"),
                (Kind.UNREADABLE, Refusal.VOICE.value),
                (Kind.UNREADABLE, Refusal.EDIT.value),
                (Kind.FILES, "đơn"),
                (Kind.GOODBYE, ""),
            ]
        )
        assert (await phone.look())["spinning"] == []
        assert [message.titles for message in await phone.screen()] == [[]]


async def test_every_update_three_times_and_shuffled_is_each_once_and_in_order():
    async with Platform.inside(copies=3, shuffle=8) as telegram, opened(telegram) as door:
        # More connections than we register, so that deliveries do overtake each other.
        await telegram.hook(door.url, SECRET, max_connections=8)
        await telegram.says_many((CITIZEN, f"câu {number}") for number in range(40))
        await telegram.settle()
        assert [found.text for found in door.heard] == [f"câu {number}" for number in range(40)]


async def test_a_group_hears_one_refusal_at_most():
    async with Platform.inside() as telegram, opened(telegram) as door:
        await register(door.client, door.url, SECRET, COMMANDS)
        member = telegram.phone(CITIZEN).in_group(-100222)
        await member.blocks(False)
        for number in range(3):
            await member.says(f"câu {number}")
        await telegram.settle()
        assert [(found.kind, found.text) for found in door.heard] == [(Kind.UNREADABLE, "group")]


async def test_what_was_not_stored_comes_again_and_is_then_stored():
    async with Platform.inside() as telegram, opened(telegram) as door:
        await register(door.client, door.url, SECRET, COMMANDS)
        door.hub.broken = True
        await telegram.phone(CITIZEN).says("Xin chào")
        for _ in range(1000):
            if door.hub.asked >= 2:
                break
            await asyncio.sleep(0.01)
        door.hub.broken = False
        await telegram.settle()
        assert [found.text for found in door.heard] == ["Xin chào"]


async def test_a_registration_is_found_sound_and_its_faults_are_named():
    async with Platform.inside() as telegram, opened(telegram) as door:
        assert [english for _, english in troubles(await hook(door.client), door.url, time.time())] == [
            "no webhook is registered"
        ]
        await register(door.client, door.url, SECRET, COMMANDS)
        assert await bot_name(door.client) == "quangninh_test_bot"
        assert troubles(await hook(door.client), door.url, time.time()) == []
        assert [command["command"] for command in (await telegram.state())["commands"]] == list(COMMANDS)
        other = troubles(await hook(door.client), "https://other.vn/x", time.time())
        assert [english for _, english in other] == ["the webhook points to another address"]
        await telegram.hook(door.url, SECRET)
        disorder = troubles(await hook(door.client), door.url, time.time())
        assert [english for _, english in disorder] == ["the webhook does not keep messages in order"]
        await register(door.client, door.url, "another", COMMANDS)
        await telegram.phone(CITIZEN).says("Xin chào")
        for _ in range(1000):
            found = await hook(door.client)
            if found.last_error_message:
                break
            await asyncio.sleep(0.01)
        (refused,) = troubles(found, door.url, time.time())
        assert "403" in refused[1]
        await unregister(door.client)
        assert (await hook(door.client)).url == ""


@pytest.mark.parametrize(
    ("secret", "url", "variable"),
    [
        ("", "https://dvc.vn/x", "BOT_TELEGRAM_SECRET"),
        ("dấu", "https://dvc.vn/x", "BOT_TELEGRAM_SECRET"),
        ("a" * 257, "https://dvc.vn/x", "BOT_TELEGRAM_SECRET"),
        ("abc", "http://dvc.vn/x", "BOT_PUBLIC_URL"),
        ("abc", "https://dvc.vn:8080/x", "BOT_PUBLIC_URL"),
    ],
)
def test_what_telegram_would_refuse_is_named_by_its_variable(secret, url, variable):
    assert unusable(secret, url).startswith(variable)


@pytest.mark.parametrize("url", ["https://dvc.vn/x", "https://dvc.vn:8443/x", "http://127.0.0.1:8080/x"])
def test_good_settings_are_let_through(url):
    assert unusable("a-Z_0", url) == ""
