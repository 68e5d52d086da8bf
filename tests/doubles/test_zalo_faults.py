"""The double's troubles are those a test ordered, and a message it took in silence did arrive."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.settings import Settings as BotSettings
from tests.doubles.zalo.account import Account
from tests.doubles.zalo.driver import Platform
from tests.doubles.zalo.listener import Listener

OAUTH = "/v4/oa/access_token"
SHORT = 0.15


@pytest.fixture
async def account() -> AsyncIterator[Account]:
    async with Platform.inside() as platform, Account.of(platform) as account:
        await platform.phone(1).follows()
        yield account


async def _texts(account: Account) -> list[str]:
    return await account.platform.answers_to(1)


async def test_the_next_calls_meet_an_error_and_then_no_more(account):
    await account.platform.fault("error", code=-32, times=2, skip=1)
    assert [(await account.say(1, str(n)))["error"] for n in range(4)] == [0, -32, -32, 0]
    assert await _texts(account) == ["0", "3"]
    assert [call.fault for call in await account.platform.calls()] == ["", "error", "error", ""]


@pytest.mark.parametrize(("kind", "arrived"), [("http", []), ("http_accepted", ["a"])])
async def test_a_5xx_without_json(account, kind, arrived):
    await account.platform.fault(kind, status=502)
    with pytest.raises(aiohttp.ContentTypeError):
        await account.say(1, "a")
    assert account.status == 502
    assert await _texts(account) == arrived


@pytest.mark.parametrize(("kind", "arrived"), [("hang", []), ("hang_accepted", ["a"])])
async def test_a_call_that_is_never_answered(account, kind, arrived):
    """The two cannot be told apart by the caller; only the phone knows."""
    await account.platform.fault(kind)
    with pytest.raises(asyncio.TimeoutError):
        await account.say(1, "a", timeout=SHORT)
    assert await _texts(account) == arrived
    assert all(not sent.answered for sent in await account.platform.sent(1))


@pytest.mark.parametrize(("kind", "arrived"), [("reset", []), ("reset_accepted", ["a"])])
async def test_a_connection_that_breaks(account, kind, arrived):
    await account.platform.fault(kind)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await account.say(1, "a")
    assert await _texts(account) == arrived


async def test_a_hang_ends_by_itself_without_an_answer(account):
    await account.platform.fault("hang", seconds=0.05)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await account.say(1, "a")


async def test_a_slow_answer_is_an_answer(account):
    await account.platform.fault("slow", seconds=0.05)
    assert (await account.say(1, "a"))["error"] == 0
    assert [sent.answered for sent in await account.platform.sent(1)] == [True]


async def test_a_message_taken_in_silence_is_echoed(account):
    async with Listener() as hook:
        await account.platform.configure(hook_url=hook.url)
        await account.platform.fault("hang_accepted")
        with pytest.raises(asyncio.TimeoutError):
            await account.say(1, "a", timeout=SHORT)
        await account.platform.settle()
        assert [(got.event["event_name"], got.text) for got in hook.got] == [("oa_send_text", "a")]


async def test_a_refused_message_does_not_arrive_by_a_fault(account):
    await account.platform.fault("http_accepted")
    with pytest.raises(aiohttp.ContentTypeError):
        await account.say(1, "x" * 2001)
    assert await _texts(account) == []


async def test_only_the_named_citizen_and_path_are_struck(account):
    await account.platform.phone(2).follows()
    phone = account.platform.phone(2)
    await account.platform.fault("error", code=-200, times=None, user=phone.user_id)
    assert [(await account.say(n))["error"] for n in (1, 2, 1, 2)] == [0, -200, 0, -200]
    await account.platform.no_faults()
    await account.platform.fault("error", code=-200, path="/v2.0/oa/getoa")
    assert (await account.say(2))["error"] == 0
    assert (await account.get("/v2.0/oa/getoa"))["error"] == -200


async def test_a_share_of_the_calls_is_struck_the_same_in_each_run():
    runs = []
    for _ in range(2):
        async with Platform.inside(seed=3) as platform, Account.of(platform) as account:
            await platform.phone(1).follows()
            await platform.fault("error", code=-200, times=None, chance=0.3)
            runs.append([(await account.say(1))["error"] for _ in range(60)])
    assert runs[0] == runs[1] and 5 < runs[0].count(-200) < 35


async def test_a_token_can_be_spent_without_the_caller_learning_the_new_one(account):
    """The case in which an account must be authorised by hand again."""
    pair = await account.platform.tokens()
    await account.platform.fault("reset_accepted", path=OAUTH)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await account.refresh(pair["refresh_token"])
    assert (await account.refresh(pair["refresh_token"]))["error"] == -14020


async def test_eight_refresh_at_once_and_one_wins(account):
    pair = await account.platform.tokens()
    answers = await asyncio.gather(*(account.refresh(pair["refresh_token"]) for _ in range(8)))
    assert sorted(answer.get("error", 0) for answer in answers) == [-14020] * 7 + [0]


async def test_tokens_taken_back_by_the_administrator(account):
    pair = await account.platform.tokens()
    await account.platform.revoke()
    assert (await account.say(1))["error"] == -216
    account.access = (await account.refresh(pair["refresh_token"]))["access_token"]
    assert (await account.say(1))["error"] == 0


class TestFiles:
    async def test_a_link_serves_what_was_sent_until_it_expires(self, account):
        url = (await account.platform.phone(1).sends_file(b"%PDF-1.7", "đơn.pdf"))["url"]
        assert await account.fetch(url) == (200, b"%PDF-1.7", "")
        assert (await account.platform.state())["fetched"] == ["đơn.pdf"]
        await account.platform.advance(7 * 86400)
        assert (await account.fetch(url))[0] == 404

    async def test_a_link_that_leads_elsewhere_or_lies_or_is_gone(self, account):
        url = (await account.platform.phone(1).sends_image(b"\xff\xd8\xff"))["url"]
        await account.platform.configure(cdn_mode="redirect", cdn_redirect="http://169.254.169.254/")
        assert await account.fetch(url) == (302, b"", "http://169.254.169.254/")
        await account.platform.configure(cdn_mode="lie")
        assert b"<html>" in (await account.fetch(url))[1]
        await account.platform.configure(cdn_mode="gone")
        assert (await account.fetch(url))[0] == 404

    @pytest.mark.parametrize(("mode", "least"), [("huge", 8 * 2**20), ("slow", 1)])
    async def test_a_file_without_end_and_one_that_never_comes(self, account, mode, least):
        url = (await account.platform.phone(1).sends_file(b"%PDF-1.7", "a.pdf"))["url"]
        await account.platform.configure(cdn_mode=mode)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            read = 0
            while read < least:
                read += len(await response.content.readany())
        assert read >= least


class TestPhone:
    async def test_it_hears_each_message_once_and_in_order(self, account):
        phone = account.platform.phone(1)
        listening = asyncio.create_task(phone.hears(2))
        for text in ("a", "b", "c", "mã hồ sơ 1", "e"):
            await account.say(1, text)
        assert [sent.text for sent in await listening] == ["a", "b"]
        assert (await phone.hears_of("hồ sơ")).text == "mã hồ sơ 1"
        assert [sent.text for sent in await phone.unheard()] == ["e"]
        with pytest.raises(AssertionError, match="0 of 1"):
            await phone.hears(timeout=0.01)

    async def test_a_process_of_its_own_with_a_clock_that_stands_still(self):
        async with Platform.outside(start=1763960400.0, ticking=False, seed=9) as platform:
            assert await platform.now() == 1763960400.0
            assert await platform.advance(60) == 1763960460.0
            assert (await platform.settings()).seed == 9

    async def test_what_the_gateway_must_be_told_are_settings_it_has(self, account):
        given = await account.platform.gateway_settings()
        told = BotSettings(**given)
        assert {name: getattr(told, name) for name in given} == given
        assert told.zalo_api_url == account.platform.url

    async def test_two_hundred_citizens_and_two_thousand_messages_in_another_process(self):
        """As in the test in which the gateway is killed; here a listener answers each event."""
        messages = [(citizen, f"câu {number}") for number in range(10) for citizen in range(200)]
        async with Listener() as hook:
            outside = Platform.outside(hook_url=hook.url, hook_timeout=30, copies=3, shuffle=16, echo=False)
            async with outside as platform, Account.of(platform) as account:
                await platform.says_many(messages)
                await platform.settle(timeout=60)
                assert {(got.event["sender"]["id"], got.text) for got in hook.got} == {
                    (platform.phone(citizen).user_id, text) for citizen, text in messages
                }
                for start in range(0, 2000, 50):
                    batch = messages[start : start + 50]
                    await asyncio.gather(*(account.say(citizen, text) for citizen, text in batch))
                sent = await platform.wait_sent(2000)
                assert [each.seq for each in sent] == list(range(1, 2001))
                assert await platform.answers_to(7) == [f"câu {number}" for number in range(10)]
                state = await platform.state()
                assert (state["undelivered"], state["given_up"]) == (0, 0)
