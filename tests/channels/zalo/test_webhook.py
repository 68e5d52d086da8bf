"""The door: nothing forged comes in, nothing genuine is lost, Zalo is always answered."""

import logging

import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.message import Kind
from bot.channels.zalo.signature import sign
from bot.channels.zalo.webhook import MAX_BYTES, PATH, Webhook
from tests.channels.zalo.bodies import (
    APP,
    AT,
    OA,
    SECRET,
    STAMP,
    USER,
    echoed,
    encode,
    followed,
    said,
    signed,
)
from tests.channels.zalo.doubles import MemoryHub, Settled, settings

HELLO = said("user_send_text", {"text": "Xin chào"})


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


@pytest.fixture
def settled() -> Settled:
    return Settled()


@pytest.fixture
def client(hub: MemoryHub, settled: Settled) -> TestClient:
    return TestClient(Starlette(routes=Webhook(hub, settings(), settled).routes()))


def refused(reason: str) -> float:
    return REGISTRY.get_sample_value("bot_zalo_webhook_refused_total", {"reason": reason}) or 0.0


def post(client: TestClient, raw: bytes, headers: dict[str, str] | None = None) -> int:
    return client.post(PATH, content=raw, headers=signed(raw) if headers is None else headers).status_code


def test_a_signed_message_is_stored(client, hub):
    assert post(client, HELLO) == 200
    (found,) = hub.accepted.values()
    assert (found.external_id, found.kind, found.text) == (USER, Kind.TEXT, "Xin chào")


def test_a_redelivery_is_the_same_message(client, hub):
    for _ in range(3):
        assert post(client, HELLO, {**signed(HELLO), "num_retry": "1"}) == 200
        assert post(client, followed("follow")) == 200
    assert len(hub.accepted) == 2


@pytest.mark.parametrize("raw", [b"", b"{}", b" {}\n"])
def test_the_console_can_save_the_address(client, hub, raw):
    assert post(client, raw, {}) == 200
    assert client.get(PATH).status_code == 200
    assert not hub.accepted


def test_a_forged_call_is_refused_and_counted(client, hub):
    before = refused("signature")
    for headers in (
        {},
        {"X-ZEvent-Signature": "mac=" + "0" * 64},
        {"X-ZEvent-Signature": sign(APP, HELLO, STAMP, "x")},
    ):
        assert post(client, HELLO, headers) == 401
    assert refused("signature") == before + 3
    assert not hub.accepted


def test_without_the_secret_nothing_comes_in(hub, settled):
    for missing in ("zalo_oa_secret", "zalo_app_id", "zalo_oa_id"):
        changed = settings().copy(update={missing: ""})
        client = TestClient(Starlette(routes=Webhook(hub, changed, settled).routes()))
        headers = {"X-ZEvent-Signature": sign(APP, HELLO, STAMP, "")}
        assert post(client, HELLO, headers) in (401, 403)
    assert not hub.accepted


def test_the_header_timestamp_may_be_the_signed_one(client, hub):
    headers = {"X-ZEvent-Timestamp": "1717061839000", **signed(HELLO, "1717061839000")}
    assert post(client, HELLO, headers) == 200
    assert post(client, HELLO, {"X-ZEvent-Timestamp": "1717061839000", **signed(HELLO)}) == 200
    assert len(hub.accepted) == 1


def test_an_old_call_is_a_replay(client, hub):
    hub.time = AT + 24 * 3600 + 1
    assert post(client, HELLO) == 401
    hub.time = AT + 2 * 3600
    assert post(client, HELLO) == 200


def test_other_apps_and_accounts_are_refused(client, hub):
    app = encode(
        {"event_name": "follow", "app_id": "1", "oa_id": OA, "follower": {"id": USER}, "timestamp": STAMP}
    )
    assert post(client, app, {"X-ZEvent-Signature": sign("1", app, STAMP, SECRET)}) == 403
    other = said("user_send_text", {"text": "x"}, recipient={"id": "1"})
    assert post(client, other) == 403
    assert not hub.accepted


@pytest.mark.parametrize(
    "raw", [b"[]", b"null", b"{", b"\xff", b'{"event_name":1}', b'{"a":1}', HELLO + b"1"]
)
def test_what_is_no_event_is_refused(client, raw):
    assert post(client, raw) == 400


def test_a_huge_body_is_not_read(client, hub):
    raw = said("user_send_text", {"text": "x" * MAX_BYTES})
    assert post(client, raw) == 413
    assert post(client, said("user_send_text", {"text": "x" * (MAX_BYTES - 1000)})) == 200


def test_unknown_events_and_malformed_ids_are_answered_200(client, hub):
    """Anything else would make Zalo repeat them and in the end switch the webhook off."""
    assert post(client, said("kind_of_tomorrow", {"text": "x"})) == 200
    assert post(client, said("user_send_text", {"text": "x"}, sender={"id": "a b"})) == 200
    assert post(client, said("user_seen_message", {"msg_ids": ["m"]})) == 200
    assert not hub.accepted


def test_an_echo_settles_what_was_sent(client, hub, settled):
    before = REGISTRY.get_sample_value("bot_zalo_echoes_total", {"of": "staff"}) or 0.0
    assert post(client, echoed(text="Dạ, xin chào")) == 200
    assert settled.asked == [(USER, "echo-1", "Dạ, xin chào")]
    settled.ours = False
    assert post(client, echoed(admin_id="7")) == 200
    assert REGISTRY.get_sample_value("bot_zalo_echoes_total", {"of": "staff"}) == before + 1
    assert not hub.accepted


def test_what_could_not_be_stored_is_not_acknowledged_and_not_logged(client, hub, caplog):
    """Zalo repeats it later; the log must not hold the citizen's words."""
    caplog.set_level(logging.DEBUG)
    hub.broken = True
    assert post(client, said("user_send_text", {"text": "bí mật"})) == 503
    assert "RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text and USER not in caplog.text
    hub.broken = False
    assert post(client, said("user_send_text", {"text": "bí mật"})) == 200


_DEEP = b'{"x":' * 20_000 + b"1" + b"}" * 20_000


@pytest.mark.parametrize(
    "raw",
    [
        HELLO.replace(b"Xin", b"\xff\xfe"),
        HELLO.replace(b"Xin", b"\xed\xa0\x80"),
        HELLO.replace(b"Xin", b"\\ud800"),
        HELLO[:-1] + b',"zz":' + _DEEP + b"}",
    ],
)
def test_a_genuine_event_that_nobody_can_read_does_not_come_again_for_hours(client, hub, raw):
    assert post(client, raw, {**signed(raw), "X-ZEvent-Timestamp": STAMP}) == 200
    assert post(client, raw, {}) == 400
    assert not hub.accepted


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\u202ea", "😀" * 4000, "x" * 4000, "/ / /", "\U000e0041"]
)
def test_hostile_texts_are_stored_clean_or_refused_kindly(client, hub, text):
    assert post(client, said("user_send_text", {"text": text})) == 200
    (found,) = hub.accepted.values()
    assert found.kind in (Kind.TEXT, Kind.UNREADABLE)
    assert found.text
    assert len(found.text) <= 2000
    assert found.text.isprintable()


def test_attachments_in_attachments_without_end_are_refused_kindly(client, hub):
    raw = HELLO.replace(b'"text"', b'"attachments":' + _DEEP[:5000] + b"1" + b"}" * 1000 + b',"text"')
    raw = raw.replace(b"user_send_text", b"user_send_file")
    assert post(client, raw, {**signed(raw), "X-ZEvent-Timestamp": STAMP}) == 200


def test_an_echo_with_a_strange_id_is_compared_by_its_text_alone(client, settled):
    raw = echoed().replace(b"echo-1", b"echo\\u0000" + b"1" * 200)
    assert post(client, raw) == 200
    assert settled.asked == [(USER, "", "Dạ, xin chào")]


def test_what_the_database_can_never_take_is_not_repeated(client, hub, monkeypatch):
    async def refuse(incoming):
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")

    monkeypatch.setattr(hub, "accept", refuse)
    before = refused("unusable")
    assert post(client, HELLO) == 200
    assert refused("unusable") == before + 1
