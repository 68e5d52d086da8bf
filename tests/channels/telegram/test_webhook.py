"""The door: nothing forged comes in, nothing genuine is lost, Telegram never repeats for nothing."""

import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.message import Kind
from bot.channels.telegram.client import Method
from bot.channels.telegram.errors import ApiError
from bot.channels.telegram.webhook import MAX_BYTES, PATH, SECRET_HEADER, Webhook
from tests.channels.telegram.doubles import TOKEN, Calls, MemoryHub
from tests.channels.telegram.samples import CHAT, COMMANDS, message, tap

SECRET = "s3cret_of-the-hook"
HELLO = msgspec.json.encode(message(text="Xin chào"))


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def webhook(hub: MemoryHub, calls: Calls) -> Webhook:
    return Webhook(hub, calls, SECRET, COMMANDS)


@pytest.fixture
def client(webhook: Webhook) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=webhook.routes())) as client:
        yield client


def refused(reason: str) -> float:
    return REGISTRY.get_sample_value("bot_telegram_webhook_refused_total", {"reason": reason}) or 0.0


def post(client: TestClient, body: bytes | dict[str, Any], secret: str | bytes | None = SECRET) -> int:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    headers: Any = {} if secret is None else {SECRET_HEADER: secret}
    return client.post(PATH, content=raw, headers=headers).status_code


def test_a_message_is_stored_before_telegram_hears_200(client, hub):
    assert post(client, HELLO) == 200
    (found,) = hub.accepted.values()
    assert (found.external_id, found.kind, found.text) == ("111", Kind.TEXT, "Xin chào")


def test_a_redelivery_is_the_same_message(client, hub):
    assert [post(client, HELLO) for _ in range(3)] == [200, 200, 200]
    assert (hub.asked, list(hub.accepted)) == (3, ["700001"])


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é".encode()])
def test_nobody_without_the_secret_speaks_for_a_citizen(client, hub, secret):
    before = refused("secret")
    assert post(client, HELLO, secret) == 403
    assert hub.asked == 0
    assert refused("secret") == before + 1


def test_a_channel_without_a_secret_cannot_be_opened(hub, calls):
    with pytest.raises(ValueError, match="secret"):
        Webhook(hub, calls, "", COMMANDS)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"null", b"{broken", b"\xff\xfe", b'{"update_id":"x"}', b" " * (MAX_BYTES + 1)],
)
def test_what_cannot_be_read_is_not_asked_for_again(client, hub, raw):
    """An error would make Telegram repeat it for a day and hold back all that follows."""
    assert post(client, raw) == 200
    assert hub.asked == 0


def test_an_update_of_another_kind_is_taken_and_ignored(client, hub):
    assert post(client, {"update_id": 5, "chat_boost": {"chat": CHAT}}) == 200
    assert hub.asked == 0


def test_a_message_that_could_not_be_stored_is_asked_for_again_and_not_quoted(client, hub, caplog):
    hub.broken = True
    with caplog.at_level(logging.DEBUG):
        assert post(client, HELLO) == 503
    assert "RuntimeError" in caplog.text
    assert "Xin chào" not in caplog.text


def test_a_press_is_answered_first_and_its_choices_go(client, hub, calls, webhook):
    keyboard = {
        "inline_keyboard": [[{"text": "Cổng", "url": "https://a.vn"}, {"text": "A", "callback_data": "t:a"}]]
    }
    under = {"message_id": 12, "date": 1, "chat": CHAT, "reply_markup": keyboard}
    assert post(client, tap(message=under)) == 200
    client.portal.call(webhook.close)
    assert [(found.kind, found.text) for found in hub.accepted.values()] == [(Kind.BUTTON, "8f3a")]
    rest = {"inline_keyboard": [[{"text": "Cổng", "url": "https://a.vn"}]]}
    assert calls.made == [
        (Method.ANSWER_CALLBACK_QUERY, {"callback_query_id": "4382bf"}),
        (Method.EDIT_MESSAGE_REPLY_MARKUP, {"chat_id": 111, "message_id": 12, "reply_markup": rest}),
    ]


def test_a_press_counts_although_telegram_takes_no_answer_to_it(client, hub, calls, webhook, caplog):
    calls.errors = dict.fromkeys(
        Method, ApiError(400, "Bad Request: query is too old and response timeout expired")
    )
    with caplog.at_level(logging.DEBUG):
        assert post(client, tap()) == 200
        client.portal.call(webhook.close)
    assert len(hub.accepted) == 1 and len(calls.made) == 2
    assert TOKEN not in caplog.text


def test_the_log_never_shows_what_was_said_or_who_said_it(client, caplog):
    with caplog.at_level(logging.DEBUG):
        post(client, message(text="tôi tên An", chat={"id": 987654321, "type": "private"}))
        post(client, b'{"update_id": 7, "message": "bi mat"}')
        post(client, HELLO, "wrong")
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert ours
    for secret in ("An", "987654321", "bi mat", "Xin chào", SECRET):
        assert secret not in ours


@pytest.mark.parametrize(
    "raw",
    [
        HELLO.replace(b"Xin", b"\xff\xfe"),
        HELLO.replace(b"Xin", b"\xed\xa0\x80"),
        HELLO.replace(b"Xin", b"\\ud800"),
        HELLO[:-1] + b',"zz":' + b'{"x":' * 20_000 + b"1" + b"}" * 20_000 + b"}",
    ],
)
def test_what_nobody_can_read_does_not_hold_back_what_follows(client, hub, raw):
    assert post(client, raw) == 200
    assert post(client, HELLO) == 200
    assert len(hub.accepted) == 1


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\u202ea", "😀" * 4000, "x" * 4096, "/ / /", "\U000e0041"]
)
def test_hostile_texts_are_stored_clean_or_refused_kindly(client, hub, text):
    assert post(client, message(text=text)) == 200
    (found,) = hub.accepted.values()
    assert found.kind in (Kind.TEXT, Kind.UNREADABLE)
    assert found.text
    assert len(found.text) <= 2000
    assert found.text.isprintable()


def test_what_the_database_can_never_take_is_not_repeated(client, hub, monkeypatch):
    async def refuse(incoming):
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")

    monkeypatch.setattr(hub, "accept", refuse)
    assert post(client, HELLO) == 200
