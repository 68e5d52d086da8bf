"""What citizens write arrives once, safe and whole."""

import json
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.channels.tables import inbox
from bot.channels.web.app import web_app
from bot.channels.web.limits import RATES
from bot.conversations.tables import conversation
from bot.settings import Settings
from tests.channels.web.site import GENEROUS, START, Clock, Shelf, Site, SmallHub, opened, say


async def _received(site: Site) -> list[dict]:
    rows = await site.hub.run(lambda c: c.execute(select(inbox.c.body).order_by(inbox.c.id)).scalars().all())
    return list(rows)


async def test_a_message_sent_twice_is_kept_once(both_sites: Site) -> None:
    browser = await both_sites.visitor()
    client_msg_id = str(uuid4())
    first = await browser.say("xin chào", client_msg_id)
    await browser.say("câu khác")
    again = await browser.say("xin chào", client_msg_id)
    assert (first.status, first.json) == (202, {"seq": 1, "duplicate": False})
    assert (again.status, again.json) == (202, {"seq": 1, "duplicate": True})
    assert len(await _received(both_sites)) == 2
    # The same id of another browser is another message.
    other = await both_sites.visitor()
    assert (await other.say("xin chào", client_msg_id)).json["duplicate"] is False


async def test_what_is_kept_is_masked_composed_and_no_command(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("/restart")
    await browser.say('/select_option{"code":"1.001193"}')
    await browser.say("\u200b / \u200b/greet")
    await browser.say("số của tôi 022089001234\u0000\u202e")
    await browser.say("đa\u0306ng ky\u0301")
    await browser.say("số tôi là 0912345678")
    received = await _received(site)
    assert "0912345678" not in str(received.pop())
    texts = [body["text"] for body in received]
    assert texts == [
        "restart",
        'select_option{"code":"1.001193"}',
        "greet",
        "số của tôi 022********4",
        "đăng ký",
    ]


async def test_a_button_travels_as_its_token_alone(site: Site) -> None:
    browser = await site.visitor()
    body = {"client_msg_id": "b" * 36, "button": "AbC_-123"}
    assert (await browser.ask("POST", "/messages", json=body)).status == 202
    assert (await _received(site))[0]["kind"] == "button"
    both = body | {"text": "và chữ"}
    assert (await browser.ask("POST", "/messages", json=both)).code == "bad_request"


async def test_length_is_counted_in_composed_characters(site: Site) -> None:
    browser = await site.visitor()
    assert (await browser.say("a\u0302" * 1000)).status == 202
    assert (await browser.say("a" * 1001)).code == "text_too_long"
    assert (await browser.say("  \u200b ")).code == "empty_text"


async def test_polling_gives_pages_in_order(site: Site) -> None:
    browser = await site.visitor()
    for number in range(5):
        await browser.say(f"câu {number}")
    page = (await browser.ask("GET", "/messages?after=1&limit=2")).json
    assert [m["seq"] for m in page["messages"]] == [2, 3] and page["last_seq"] == 5
    for bad in ("after=-1", "after=x", "limit=1e3", "after=99999999999999", "after=%D9%A1"):
        assert (await browser.ask("GET", f"/messages?{bad}")).code == "bad_request", bad


async def test_nobody_says_more_than_twenty_a_minute_whatever_process_takes_it(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    async with opened(sqlite_engine, tmp_path) as site:
        browser = await site.visitor()
        for number in range(20):
            site.clock.time += 1
            assert (await browser.say(f"câu {number}")).status == 202
        refused = await browser.say("một câu nữa")
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "too_many", "41")
        site.clock.time += 41
        assert (await browser.say("một câu nữa")).status == 202


async def test_a_burst_is_slowed_and_reading_is_not(sqlite_engine: Engine, tmp_path: Path) -> None:
    async with opened(sqlite_engine, tmp_path, rates=RATES) as site:
        browser = await site.visitor()
        statuses = [(await browser.say(f"câu {number}")).status for number in range(6)]
        assert statuses == [202] * 5 + [429]
        assert (await browser.ask("GET", "/messages")).status == 200


async def test_a_body_too_big_is_refused_unread(site: Site) -> None:
    browser = await site.visitor()
    kind = {"Content-Type": "application/json"}
    assert (await browser.ask("POST", "/messages", kind, data=b" " * (16 * 1024 + 1))).code == "body_too_big"

    async def endless():
        for _ in range(1000):
            yield b" " * 1024

    with suppress(OSError):  # cut off while sending: as good
        assert (await browser.ask("POST", "/messages", kind, data=endless())).status == 413


async def test_other_content_types_and_fields_are_refused(site: Site) -> None:
    browser = await site.visitor()
    plain = {"Content-Type": "text/plain"}
    sent = json.dumps({"client_msg_id": "c" * 36, "text": "xin chào"})
    assert (await browser.ask("POST", "/messages", plain, data=sent)).code == "content_type"
    for extra in ({"sender": "x"}, {"files": ["nope"]}, {"client_msg_id": "a b"}, {"text": 5}):
        body = {"client_msg_id": "c" * 36, "text": "xin chào", **extra}
        reply = await browser.ask("POST", "/messages", json=body)
        assert reply.status == 400, extra
    deep = b"[" * 4000 + b"]" * 4000
    kind = {"Content-Type": "application/json"}
    assert (await browser.ask("POST", "/messages", kind, data=deep)).code == "bad_request"
    assert (await browser.ask("PUT", "/messages", json={})).code == "not_found"
    assert (await browser.ask("GET", "/nothing")).code == "not_found"


async def test_a_broken_database_is_an_apology_without_the_words(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await site.visitor()
    words = "bí mật thứ nhất"
    await browser.say(words)

    async def broken(*_args: object) -> None:
        raise OperationalError("INSERT", {"text": words}, Exception("locked"))

    monkeypatch.setattr(site.hub, "run", broken)
    reply = await browser.say("bí mật thứ hai")
    assert (reply.status, reply.code) == (503, "unavailable")
    assert "OperationalError" in caplog.text
    assert "bí mật" not in caplog.text and browser.sid not in caplog.text


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_NEARLY = st.fixed_dictionaries(
    {"client_msg_id": st.text(max_size=70) | _JSON, "text": st.text(max_size=60) | _JSON},
    optional={"button": _JSON, "files": _JSON, "other": _JSON},
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300) | (_JSON | _NEARLY).map(lambda body: json.dumps(body).encode()))
def test_no_body_breaks_the_channel(sqlite_engine: Engine, tmp_path: Path, raw: bytes) -> None:
    hub = SmallHub(sqlite_engine, Clock())

    async def forget(_conversation_id: str) -> None:
        return None

    app = web_app(
        hub, Settings(var_dir=tmp_path), files=Shelf(sqlite_engine), say=say, forget=forget, rates=GENEROUS
    )
    with TestClient(app, base_url="http://gateway") as client:
        token = client.post("/session", json={}).json()["token"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        for path in ("/messages", "/feedback", "/session"):
            reply = client.post(path, content=raw, headers=headers)
            assert reply.status_code in (200, 201, 202, 400, 409), (path, reply.text)
            if reply.status_code >= 400:
                assert set(reply.json()["error"]) == {"code", "message"}
    hub.store._threads.shutdown()


async def test_typing_is_told_to_those_who_poll(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    busy = update(conversation).values(lease_until=START + 5)
    await site.hub.run(lambda c: c.execute(busy) and None)
    assert (await browser.ask("GET", "/messages")).json["typing"] is True


async def test_hostile_bodies_end_in_a_row_or_a_refusal(both_sites: Site) -> None:
    """An error would make the widget send the same again until its citizen gives up."""
    browser = await both_sites.visitor()
    await browser.say("xin chào")
    for extra in ({"button": "a\x00b"}, {"text": "a", "files": ["a\x00b"]}, {"button": "\u202e"}):
        answer = await browser.ask("POST", "/messages", json={"client_msg_id": str(uuid4()), **extra})
        assert (answer.status, answer.json["error"]["code"]) == (400, "bad_request")
    for empty in ("\x00", "/ / /", "\u202e\u200b", "\ufeff"):
        answer = await browser.say(empty)
        assert (answer.status, answer.json["error"]["code"]) == (400, "empty_text")
    for text in ("a\x00b", "😀" * 1000, "\u202ea", "\U000e0041b"):
        assert (await browser.say(text)).status == 202
