"""Streams: whatever breaks on the way, a citizen sees every message once."""

import asyncio
import random

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.people import open_conversation
from bot.conversations.tables import identity
from tests.channels.web.site import START, Site


async def _next(stream):
    return await asyncio.wait_for(anext_of(stream), 10)


async def anext_of(stream):
    async for event in stream:
        return event
    return None


async def test_an_answer_arrives_on_a_stream_opened_before_the_first_word(site: Site) -> None:
    browser = await site.visitor()
    async with browser.events() as stream:
        client_msg_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
        await browser.say("lệ phí khai sinh", client_msg_id)
        name, first, number = await _next(stream)
        assert (name, number, first["author"]) == ("message", "1", "citizen")
        assert first["client_msg_id"] == client_msg_id
        await site.hub.say(await site.hub.conversation(browser.sid), "Miễn phí. https://dichvucong.gov.vn")
        _, second, number = await _next(stream)
        assert number == "2" and second["links"][0]["start"] == 10


async def test_a_client_that_reconnects_a_hundred_times_misses_and_repeats_nothing(both_sites: Site) -> None:
    site, dice = both_sites, random.Random(5)
    browser = await site.visitor()
    await browser.say("câu hỏi")
    conversation_id = await site.hub.conversation(browser.sid)
    total = 400

    async def talk() -> None:
        for number in range(2, total + 1):
            await site.hub.say(conversation_id, f"tin {number}")
            if dice.random() < 0.3:
                await asyncio.sleep(dice.random() * 0.02)

    talking = asyncio.create_task(talk())
    seen: list[int] = []
    connections = 0
    while len(seen) < total:
        connections += 1
        # Every other time with the header alone, as EventSource does after its first connection.
        last = seen[-1] if seen else 0
        where = {"after": 0, "last": last} if connections % 2 else {"after": last}
        stop_after = dice.randint(1, 5) if connections < 100 else total
        async with browser.events(**where) as stream:
            async for name, data, number in stream:
                if name != "message":
                    continue
                assert int(number) == data["seq"]
                seen.append(data["seq"])
                stop_after -= 1
                if not stop_after or len(seen) == total:
                    break
    await talking
    assert connections >= 100
    assert seen == list(range(1, total + 1))


async def test_two_tabs_show_the_same(site: Site) -> None:
    browser = await site.visitor()
    async with browser.events() as one, browser.events() as two:
        await browser.say("xin chào")
        assert await _next(one) == await _next(two)


async def test_typing_is_shown_after_a_moment_only_and_ends_with_the_answer(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    conversation_id = await site.hub.conversation(browser.sid)
    async with browser.events(after=1) as stream:
        await site.hub.work_on(conversation_id, START + 60)
        await site.hub.say(conversation_id, "nhanh")
        assert (await _next(stream))[0] == "message"
        site.clock.time += 0.4
        assert (await _next(stream))[:2] == ("typing", {"on": True})
        assert (await browser.ask("GET", "/messages?after=2")).json["typing"] is True
        await site.hub.say(conversation_id, "xong")
        await site.hub.work_on(conversation_id, 0.0)
        assert (await _next(stream))[1]["text"] == "xong"
        assert (await _next(stream)) == ("typing", {"on": False}, "")


async def test_erasing_ends_every_open_stream(both_sites: Site) -> None:
    browser = await both_sites.visitor()
    await browser.say("xin chào")
    async with browser.events(after=1) as one, browser.events(after=1) as two:
        assert (await browser.ask("DELETE", "/session")).status == 204
        for stream in (one, two):
            assert await _next(stream) == ("end", {"reason": "erased"}, "")
            assert await _next(stream) is None
    assert (await browser.ask("GET", "/events")).code == "session_erased"


async def test_a_stream_ends_when_its_token_does(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    conversation_id = await site.hub.conversation(browser.sid)
    async with browser.events(after=1) as stream:
        await site.hub.say(conversation_id, "một")
        await _next(stream)
        site.clock.time += 24 * 3600
        site.hub.bell.ring(conversation_id)
        assert await _next(stream) == ("end", {"reason": "expired"}, "")


async def test_a_browser_that_moved_to_another_conversation_is_told(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    old = await site.hub.conversation(browser.sid)

    def move(connection: Connection) -> None:
        fresh = open_conversation(connection, START)
        connection.execute(update(identity).values(conversation_id=fresh))

    async with browser.events(after=1) as stream:
        await site.hub.run(move)
        site.hub.bell.ring(old)
        assert await _next(stream) == ("end", {"reason": "moved"}, "")
    async with browser.events(after=1) as stream:
        assert await _next(stream) == ("end", {"reason": "moved"}, "")


async def test_one_browser_cannot_hold_more_than_six_streams(site: Site) -> None:
    browser = await site.visitor()
    open_streams = [browser.events() for _ in range(6)]
    for stream in open_streams:
        await stream.__aenter__()
    refused = await browser.ask("GET", "/events")
    assert (refused.status, refused.code) == (429, "too_many_streams")
    assert refused.headers["Retry-After"] == "10"
    await open_streams[0].__aexit__(None, None, None)
    for _ in range(100):
        if (await _status(browser)) == 200:
            break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError("a closed stream still counts")
    for stream in open_streams[1:]:
        await stream.__aexit__(None, None, None)


async def _status(browser) -> int:
    async with browser.client.get(f"{browser.url}/events", headers=browser.headers()) as response:
        return response.status
