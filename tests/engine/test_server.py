"""What operators lose here: a gateway that cannot tell a wrong message from a broken assistant."""

from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from bot.channels.brain import MODEL_HEADER
from bot.engine.server import Server

SECRET, NUMBER = "s3cret", "022199001234"


class FakeAgent:
    """Says what was heard; breaks on "broken"."""

    class processor:  # noqa: N801  as Rasa names it
        model_filename = "abc.tar.gz"

    async def handle_message(self, message: Any) -> None:
        if message.text == "broken":
            raise ValueError(NUMBER)
        await message.output_channel.send_response(message.sender_id, {"text": message.text})


@pytest.fixture
def client() -> TestClient:
    return TestClient(Server(FakeAgent, SECRET).app())


def post(client: TestClient, body: Any, secret: str = SECRET) -> Any:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    headers = {"Authorization": f"Bearer {secret}"}
    return client.post("/webhooks/local/webhook", content=content, headers=headers)


def test_a_message_gets_its_replies_and_the_model_that_answered(client: TestClient) -> None:
    done = post(client, {"sender": "a", "message": "xin chào", "input_channel": "zalo"})
    assert done.status_code == 200 and done.headers[MODEL_HEADER] == "abc"
    assert done.json() == [{"recipient_id": "a", "text": "xin chào"}]


def test_numbers_of_persons_are_masked_before_anything_sees_them(client: TestClient) -> None:
    (reply,) = post(client, {"sender": "a", "message": "căn cước 022199001234"}).json()
    assert "022199001234" not in reply["text"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"sender": "a"}', b'[{"sender": "a", "message": "b"}]']
)
def test_what_is_no_message_is_refused(client: TestClient, body: bytes) -> None:
    assert post(client, body).status_code == 400


def test_an_unknown_channel_is_refused(client: TestClient) -> None:
    assert post(client, {"sender": "a", "message": "b", "input_channel": "fax"}).status_code == 400


def test_without_the_secret_nobody_is_heard(client: TestClient) -> None:
    assert post(client, {"sender": "a", "message": "b"}, secret="wrong").status_code == 401
    assert client.post("/webhooks/local/webhook", content=b"{}").status_code == 401


def test_a_broken_turn_is_told_without_words_of_the_citizen(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The gateway tries again; the log must not become a file of persons."""
    assert post(client, {"sender": "a", "message": "broken"}).status_code == 500
    assert "ValueError" in caplog.text and NUMBER not in caplog.text


@pytest.mark.parametrize("path", ["/", "/health", "/webhooks/local/"])
def test_it_says_that_it_is_there(client: TestClient, path: str) -> None:
    said = client.get(path).json()
    assert said["status"] == "ok" and said["tasks"] >= 1
