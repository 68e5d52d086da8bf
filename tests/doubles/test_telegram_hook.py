"""The double delivers updates as Telegram does: again until taken, in any order."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.doubles.telegram.driver import Platform

START = 1_800_000_000.0
AN = 111


class Bot:
    """A hook that keeps what it gets. ``statuses``: its next answers (200 once they are used up)."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.go = asyncio.Event()
        self.go.set()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.go.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers if status != 200 else {})

    @property
    def ids(self) -> list[int]:
        return [update["update_id"] for update in self.updates]

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]

    async def gets(self, count: int) -> None:
        """Wait until so many deliveries have come."""
        for _ in range(1000):
            if len(self.updates) >= count:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{len(self.updates)} of {count} deliveries came")


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield bot
    bot.go.set()
    await runner.cleanup()


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    """Its clock stands still; pauses are as long as Telegram's."""
    async with Platform.inside(start=START, ticking=False, backoff_scale=1.0, flood_chat=0) as platform:
        yield platform


async def info(telegram: Platform) -> dict[str, Any]:
    result: dict[str, Any] = (await telegram.api("getWebhookInfo"))[1]["result"]
    return result


async def test_an_update_comes_with_the_secret(telegram: Platform, bot: Bot) -> None:
    await telegram.hook(bot.url, "s3cret_-X")
    await telegram.phone(AN).says("xin chào")
    await telegram.settle()
    assert (bot.texts, bot.secrets, bot.ids) == (["xin chào"], ["s3cret_-X"], [700001])
    assert (await info(telegram))["pending_update_count"] == 0


async def test_a_refused_update_comes_again_with_growing_pauses(telegram: Platform, bot: Bot) -> None:
    """At once, then after 2, 4 … seconds; whoever loses an update by answering 500 must get it again."""
    bot.statuses = [500, 503, 500]
    await telegram.hook(bot.url)
    await telegram.phone(AN).says("xin chào")
    await bot.gets(2)
    await asyncio.sleep(0.05)
    told = await info(telegram)
    assert (told["pending_update_count"], told["last_error_date"]) == (1, int(START))
    assert told["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    for seconds, total in ((1.9, 2), (0.1, 3), (3.9, 3), (0.1, 4)):
        await telegram.advance(seconds)
        await bot.gets(total)
        await asyncio.sleep(0.02)
        assert len(bot.updates) == total
    assert bot.ids == [700001] * 4
    assert [(each.attempt, each.status) for each in await telegram.attempts()] == [
        (0, 500),
        (1, 503),
        (2, 500),
        (3, 200),
    ]
    assert (await info(telegram))["pending_update_count"] == 0


async def test_retry_after_of_the_hook_is_heeded(telegram: Platform, bot: Bot) -> None:
    bot.statuses, bot.headers = [429], {"Retry-After": "30"}
    await telegram.hook(bot.url)
    await telegram.phone(AN).says("a")
    await bot.gets(1)
    await telegram.advance(29.9)
    await asyncio.sleep(0.02)
    assert len(bot.updates) == 1
    await telegram.advance(0.1)
    await bot.gets(2)


async def test_a_hook_that_is_gone_or_silent(telegram: Platform, bot: Bot) -> None:
    await telegram.hook("http://127.0.0.1:9/hook")
    await telegram.phone(AN).says("a")
    while len(await telegram.attempts()) < 2:
        await asyncio.sleep(0.01)
    assert (await info(telegram))["last_error_message"] == "Connection refused"
    bot.go.clear()
    await telegram.configure(hook_timeout=0.05)
    await telegram.hook(bot.url)
    await telegram.advance(2)
    while (await info(telegram)).get("last_error_message") != "Read timeout expired":
        await asyncio.sleep(0.01)
    bot.go.set()
    await telegram.configure(hook_timeout=5.0)
    await telegram.advance(4)
    await telegram.settle()
    assert set(bot.ids) == {700001}


async def test_an_update_nobody_takes_is_given_up_after_a_day(telegram: Platform, bot: Bot) -> None:
    await telegram.hook("http://127.0.0.1:9/hook")
    await telegram.phone(AN).says("a")
    while len(await telegram.attempts()) < 2:
        await asyncio.sleep(0.01)
    await telegram.advance(24 * 3600)
    await telegram.settle()
    assert (await info(telegram))["pending_update_count"] == 0


async def test_one_connection_keeps_the_order_even_through_failures(telegram: Platform, bot: Bot) -> None:
    await telegram.configure(backoff_scale=0.01)
    bot.statuses = [500, 200, 500, 500]
    await telegram.hook(bot.url, max_connections=1)
    await telegram.says_many([(AN, str(number)) for number in range(6)])
    for _ in range(200):
        await telegram.advance(1)
        if not (await telegram.state())["waiting"]:
            break
        await asyncio.sleep(0.01)
    assert bot.texts == ["0", "0", "1", "1", "1", "2", "3", "4", "5"]
    assert (await telegram.state())["most_in_flight"] == 1


async def test_several_connections_are_used_but_no_more_than_allowed(telegram: Platform, bot: Bot) -> None:
    bot.go.clear()
    await telegram.hook(bot.url, max_connections=3)
    await telegram.says_many([(AN, str(number)) for number in range(8)])
    await bot.gets(3)
    await asyncio.sleep(0.05)
    assert len(bot.updates) == 3
    bot.go.set()
    await telegram.settle()
    assert sorted(bot.texts) == [str(number) for number in range(8)]
    assert (await telegram.state())["most_in_flight"] == 3


async def test_copies_and_shuffling_are_the_same_for_the_same_seed(bot: Bot) -> None:
    """Every update arrives one to three times, in another order; a failed test can be run again."""
    orders = []
    for seed in (1, 1, 2):
        bot.updates.clear()
        async with Platform.inside(copies=3, shuffle=30, seed=seed) as telegram:
            await telegram.hook(bot.url, max_connections=1)
            await telegram.says_many([(AN, str(number)) for number in range(40)])
            await telegram.settle()
            assert (await telegram.state())["pending"] == 0
        orders.append(bot.ids)
    counts = Counter(orders[0])
    assert set(counts) == set(range(700001, 700041))
    assert set(counts.values()) == {1, 2, 3}
    assert orders[0] != sorted(orders[0])
    assert orders[0] == orders[1] != orders[2]


async def test_only_the_kinds_asked_for_are_made(telegram: Platform, bot: Bot) -> None:
    await telegram.hook(bot.url)
    assert await telegram.update("channel_post", {"message_id": 1}) is None
    assert await telegram.update("my_chat_member", {"date": 1}) == 700001
    await telegram.settle()
    assert bot.updates == [{"update_id": 700001, "my_chat_member": {"date": 1}}]


@pytest.mark.parametrize(
    ("wish", "description"),
    [
        ({"url": "http://example.org/h"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:8080/h"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "khong phai"}, "invalid webhook URL specified"),
        ({"secret_token": "có dấu"}, "secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_hooks_that_telegram_refuses(
    telegram: Platform, wish: dict[str, str], description: str
) -> None:
    status, body = await telegram.api("setWebhook", **{"url": "https://example.org/h", **wish})
    assert (status, body["description"]) == (400, f"Bad Request: {description}")


async def test_polling_and_hook_exclude_each_other(telegram: Platform, bot: Bot) -> None:
    await telegram.phone(AN).says("a")
    await telegram.phone(AN).says("b")
    _, body = await telegram.api("getUpdates", limit=1)
    assert [update["update_id"] for update in body["result"]] == [700001]
    _, body = await telegram.api("getUpdates", offset=700002)
    assert [update["update_id"] for update in body["result"]] == [700002]
    _, body = await telegram.api("setWebhook", url=bot.url)
    assert body == {"ok": True, "result": True, "description": "Webhook was set"}
    await telegram.settle()
    assert bot.texts == ["b"]
    status, body = await telegram.api("getUpdates")
    assert (status, body["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    _, body = await telegram.api("deleteWebhook")
    assert body["description"] == "Webhook was deleted"
    assert await telegram.api("getUpdates") == (200, {"ok": True, "result": []})


async def test_waiting_updates_can_be_dropped(telegram: Platform, bot: Bot) -> None:
    await telegram.phone(AN).says("cũ")
    await telegram.api("setWebhook", url=bot.url, drop_pending_updates=True)
    await telegram.phone(AN).says("mới")
    await telegram.settle()
    assert bot.texts == ["mới"]


async def test_it_runs_in_its_own_process_and_carries_the_load(bot: Bot) -> None:
    """2,000 messages of 200 citizens, each delivered up to three times and shuffled, each answered once."""
    citizens = range(1, 201)
    async with Platform.outside(copies=3, shuffle=50, flood_chat=0, flood_overall=0) as telegram:
        await telegram.hook(bot.url)
        said = [(citizen, f"{citizen} hỏi câu {turn}") for turn in range(10) for citizen in citizens]
        await telegram.says_many(said)
        await telegram.settle(60)
        first = {update["update_id"]: update["message"] for update in bot.updates}
        assert Counter((each["chat"]["id"], each["text"]) for each in first.values()) == Counter(said)
        assert 2000 < len(bot.updates) <= 6000
        messages = [first[update_id] for update_id in sorted(first)]
        for turn in range(0, 2000, 200):
            calls = [
                telegram.api("sendMessage", chat_id=each["chat"]["id"], text=each["text"])
                for each in messages[turn : turn + 200]
            ]
            assert {status for status, _ in await asyncio.gather(*calls)} == {200}
        assert len(await telegram.wait_sent(2000, 30)) == 2000
        for citizen in (1, 200):
            heard = await telegram.phone(citizen).hears(10)
            assert [sent.text for sent in heard] == [f"{citizen} hỏi câu {turn}" for turn in range(10)]
    with suppress(aiohttp.ClientError):
        await telegram.state()
        raise AssertionError("the process still answers")
