"""Rasa's own door: only the gateway gets in, nobody hands commands to the dialogue engine."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.server import AsyncioServer

from bot.answers.incoming import pressed, receive
from bot.channels.brain import MODEL_HEADER
from bot.channels.local import Collected, LocalInput

SECRET = "s3cret"


class Rasa:
    """Stands in for Rasa's agent behind the real channel: repeats what it hears."""

    def __init__(self, secret: str = "") -> None:
        self.heard: list[UserMessage] = []
        self.broken, self.loaded = False, True
        self.processor: SimpleNamespace | None = None
        self.url = ""
        self.app = Sanic(f"local-{uuid4().hex}")
        self.app.ctx.agent = self
        self.app.blueprint(LocalInput(secret).blueprint(self.turn), url_prefix="/webhooks/local")

    def is_ready(self) -> bool:
        return self.loaded

    async def turn(self, message: UserMessage) -> None:
        if self.broken:
            raise RuntimeError(f"no action server for {message.text}")
        self.heard.append(message)
        said = {
            "text": f"{message.text}\n\nxong",
            "buttons": [{"title": "Có", "payload": "/affirm"}],
            "custom": {"outcome": "answered"},
            "elements": None,
        }
        await message.output_channel.send_response(message.sender_id, {"text": "Chào\n\nanh/chị"})
        await message.output_channel.send_response(message.sender_id, said)

    async def posts(self, body: object, token: str | None = None) -> tuple[int, Any]:
        headers = {} if token is None else {"Authorization": token}
        url = f"{self.url}/webhook"
        async with aiohttp.request("POST", url, json=body, headers=headers) as response:
            return response.status, await response.json()

    async def health(self) -> int:
        async with aiohttp.request("GET", f"{self.url}/") as response:
            return response.status


Opens = Callable[..., Awaitable[Rasa]]


@pytest.fixture
async def opens(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opens]:
    """Starts the channel on a free port."""
    # Sanic rewrites itself at start; only in this mode it can start again in the same process.
    monkeypatch.setattr(Sanic, "test_mode", True)
    servers: list[AsyncioServer] = []

    async def opening(secret: str = "") -> Rasa:
        rasa, listening = Rasa(secret), socket.socket()
        listening.bind(("127.0.0.1", 0))
        rasa.url = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/local"
        server = await rasa.app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.start_serving()
        servers.append(server)
        return rasa

    yield opening
    for server in servers:
        server.close()
        await server.wait_closed()


CALL = {
    "sender": "c1",
    "message": "cần gì",
    "input_channel": "zalo",
    "metadata": {"a": 1},
    "message_id": "m-7",
}


async def test_one_item_for_each_message_of_the_action(opens: Opens) -> None:
    """Cut at blank lines, one answer would arrive as several messages with the buttons on the wrong one."""
    status, items = await (await opens()).posts({"sender": "c1", "message": "cần gì"})
    assert status == 200
    assert items == [
        {"recipient_id": "c1", "text": "Chào\n\nanh/chị"},
        {
            "recipient_id": "c1",
            "text": "cần gì\n\nxong",
            "buttons": [{"title": "Có", "payload": "/affirm"}],
            "custom": {"outcome": "answered"},
        },
    ]


async def test_rasa_learns_the_channel_and_the_message_id(opens: Opens) -> None:
    """Texts written for one channel would otherwise be shown on another."""
    rasa = await opens()
    await rasa.posts(CALL)
    (message,) = rasa.heard
    assert (message.input_channel, message.message_id, message.metadata) == ("zalo", "m-7", {"a": 1})
    await rasa.posts({"sender": "c1", "message": "cần gì"})
    assert rasa.heard[1].input_channel == "local"


@pytest.mark.parametrize(
    "token", [None, "", "Bearer ", "Bearer s3cre", "Bearer \udcff", f"Basic {SECRET}", f"bearer  {SECRET}"]
)
async def test_without_the_secret_nobody_gets_in(opens: Opens, token: str | None) -> None:
    """Another program of the machine could otherwise read and steer conversations."""
    rasa = await opens(SECRET)
    status, _ = await rasa.posts(CALL, token)
    assert status == 401 and rasa.heard == []


async def test_the_secret_opens(opens: Opens) -> None:
    status, _ = await (await opens(SECRET)).posts(CALL, f"Bearer {SECRET}")
    assert status == 200


@pytest.mark.parametrize(
    "body", [[], {}, {"sender": 5, "message": "a"}, {"sender": "c"}, {**CALL, "input_channel": "email"}]
)
async def test_a_body_that_is_no_call_is_refused(opens: Opens, body: object) -> None:
    rasa = await opens()
    status, _ = await rasa.posts(body)
    assert status == 400 and rasa.heard == []


@pytest.mark.parametrize(
    ("loaded", "told"), [("models/c6db3af5e33a0e74.tar.gz", "c6db3af5e33a0e74"), (None, "")]
)
async def test_every_turn_names_the_model_that_understood_it(
    opens: Opens, loaded: str | None, told: str
) -> None:
    """Which model was wrong could not be found out after another has taken its place."""
    rasa = await opens()
    rasa.processor = SimpleNamespace(model_filename=loaded) if loaded else None
    async with aiohttp.request("POST", f"{rasa.url}/webhook", json=CALL) as response:
        assert response.headers[MODEL_HEADER] == told


async def test_a_broken_turn_is_an_error_and_not_silence(
    opens: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    """The gateway tries again or apologises only when it is told. Errors may quote the citizen."""
    rasa = await opens()
    rasa.broken = True
    status, _ = await rasa.posts(CALL)
    assert status == 500
    assert "RuntimeError" in caplog.text
    assert str(CALL["message"]) not in caplog.text


async def test_a_rasa_without_a_model_is_away_and_not_silent(opens: Opens) -> None:
    """Silence counts as a failed try: after four the citizen would get an apology instead of waiting."""
    rasa = await opens()
    rasa.loaded = False
    assert (await rasa.posts(CALL))[0] == 503 and rasa.heard == []
    assert await rasa.health() == 503


async def test_health_is_open(opens: Opens) -> None:
    assert await (await opens(SECRET)).health() == 200


async def test_nothing_is_kept_of_an_empty_message() -> None:
    output = Collected()
    await output.send_response("c1", {"text": "", "buttons": [], "custom": {}})
    assert output.messages == []


@pytest.mark.parametrize(
    "typed", ["/restart", "/ /restart", "// / /restart", "\u200b/ \u00ad/restart{}", " / / "]
)
def test_a_slash_between_spaces_is_no_command(typed: str) -> None:
    """ "/ /restart" would otherwise empty the conversation: one slash taken off, the next one left."""
    assert not receive(typed).startswith("/")


@given(st.text(alphabet=st.sampled_from('/ \t\n\u00a0\u200b\ufeff{}"re:start'), max_size=30))
def test_no_leading_slash_is_left_but_on_our_own_buttons(typed: str) -> None:
    heard = receive(typed).strip()
    assert not heard.startswith("/") or pressed(heard) is not None
    assert receive(heard).strip() == heard
