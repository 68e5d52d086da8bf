"""Sessions: a citizen keeps their conversation after a reload; nobody else gets it."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.channels.tables import inbox
from bot.conversations.tables import conversation, identity, message
from tests.channels.web.site import Site, opened


async def test_a_visit_that_says_nothing_leaves_no_trace(site: Site) -> None:
    browser = site.browser()
    opened_reply = await browser.open()
    body = opened_reply.json
    assert opened_reply.status == 201 and body["last_seq"] == 0 and body["expires_in"] == 86400
    assert len(body["session"]) == 32
    assert body["greeting"]["author"] == "assistant" and body["greeting"]["text"] == "web_greeting"
    assert body["privacy"]["text"] == "web_privacy 365 7" and len(body["privacy"]["version"]) == 8
    assert body["limits"]["text"] == 1000 and body["limits"]["file_bytes"] == 5242880
    assert await site.hub.run(lambda c: c.execute(select(func.count(conversation.c.id))).scalar()) == 0


async def test_a_reload_finds_the_conversation_again(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("đăng ký khai sinh cần gì")
    again = site.browser()
    reply = await again.open(token=browser.token)
    assert reply.status == 200 and reply.json["session"] == browser.sid and reply.json["last_seq"] == 1
    history = (await again.ask("GET", "/messages")).json
    assert [m["text"] for m in history["messages"]] == ["đăng ký khai sinh cần gì"]


async def test_the_cookie_alone_is_enough_for_our_own_page(site: Site) -> None:
    browser = site.browser()
    reply = await browser.open()
    cookie = reply.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/webhooks/web" in cookie
    browser.token = ""
    own = {"Cookie": cookie.partition(";")[0]}
    sent = await browser.ask("POST", "/messages", own, json={"client_msg_id": "a" * 8, "text": "xin chào"})
    assert sent.status == 202
    browser.origin = None  # as browsers do for a GET on the same site
    assert (await browser.ask("GET", "/messages", own)).json["last_seq"] == 1
    forged = await browser.ask("POST", "/messages", own, json={"client_msg_id": "b" * 8, "text": "xin chào"})
    assert forged.status == 401
    crossing = await browser.ask("GET", "/messages", own | {"Sec-Fetch-Site": "cross-site"})
    assert crossing.status == 403


async def test_an_embedded_widget_gets_a_cookie_of_its_site(sqlite_engine: Engine, tmp_path: Path) -> None:
    async with opened(sqlite_engine, tmp_path, settings={"web_embedded": True}) as site:
        reply = await site.browser("https://tinh.example").open()
        assert "SameSite=None; Secure; Partitioned" in reply.headers["Set-Cookie"]
        assert reply.headers["Access-Control-Allow-Origin"] == "https://tinh.example"


async def test_nobody_gets_in_with_a_token_that_is_not_theirs(site: Site) -> None:
    victim = await site.visitor()
    await victim.say("chuyện riêng của tôi")
    payload, _, signature = victim.token.rpartition(".")
    attempts = {
        "": 401,
        victim.sid: 401,
        payload: 401,
        f"{payload}.{signature[:-2]}AA": 401,
        f"{payload[:-2]}AA.{signature}": 401,
    }
    for token, status in attempts.items():
        thief = site.browser()
        thief.token = token
        for method, path in (("GET", "/messages"), ("GET", "/events"), ("DELETE", "/session")):
            reply = await thief.ask(method, path)
            assert (reply.status, reply.code) == (status, "no_session"), (token, path)
    # The right token from another site, even from one that is allowed.
    elsewhere = site.browser("https://tinh.example")
    elsewhere.token = victim.token
    assert (await elsewhere.ask("GET", "/messages")).status == 403
    assert (await elsewhere.open(token=victim.token)).json["session"] != victim.sid
    stranger = site.browser("https://evil.example")
    stranger.token = victim.token
    reply = await stranger.ask("GET", "/messages")
    assert reply.code == "foreign_origin" and "Access-Control-Allow-Origin" not in reply.headers


async def test_a_token_ends_after_a_day_and_is_renewed_before(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    old, sid = browser.token, browser.sid
    site.clock.time += 23 * 3600
    assert (await browser.open(token=old)).status == 200
    site.clock.time += 2 * 3600
    assert (await browser.ask("GET", "/messages")).status == 200
    browser.token = old
    assert (await browser.ask("GET", "/messages")).code == "session_expired"
    reply = await browser.open(token=old)
    assert reply.status == 201 and reply.json["session"] != sid


async def test_erasing_leaves_nothing_and_the_session_stays_dead(both_sites: Site) -> None:
    site = both_sites
    browser = await site.visitor()
    await browser.say("tôi muốn ly hôn")
    conversation_id = await site.hub.conversation(browser.sid)
    await site.hub.say(conversation_id, "Trả lời")
    token = browser.token
    reply = await browser.ask("DELETE", "/session")
    assert reply.status == 204 and "Max-Age=0" in reply.headers["Set-Cookie"]
    assert set(site.forgotten) == {conversation_id}
    for table in (message, inbox):
        assert (
            await site.hub.run(lambda c, t: c.execute(select(func.count()).select_from(t)).scalar(), table)
            == 0
        )
    addresses = await site.hub.run(lambda c: c.execute(select(identity.c.external_id)).scalars().all())
    assert browser.sid not in addresses
    assert (await browser.ask("GET", "/messages")).code == "session_erased"
    assert (await browser.say("còn đây không")).code == "session_erased"
    assert (await browser.ask("DELETE", "/session")).status == 204
    assert (await site.browser().open(token=token)).status == 201


async def test_a_failing_rasa_is_told_before_anything_is_erased(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    async def broken(_conversation_id: str) -> None:
        raise OSError

    async with opened(sqlite_engine, tmp_path, forget=broken) as site:
        browser = await site.visitor()
        await browser.say("xin chào")
        reply = await browser.ask("DELETE", "/session")
        assert reply.status == 503 and reply.headers["Retry-After"] == "5"
        assert (await browser.ask("GET", "/messages")).json["last_seq"] == 1
