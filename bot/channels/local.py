"""The loopback channel of Rasa: what the gateway, the terminal chat and tests speak to."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.answers.incoming import receive
from bot.channels.brain import MODEL_HEADER
from bot.channels.tasks import trace
from bot.conversations.channel import Channel
from bot.settings import get_settings

_CHANNELS = frozenset({"local", *(channel.value for channel in Channel)})
_SHOWN = ("text", "buttons", "image", "attachment", "custom")

logger = logging.getLogger(__name__)


class Call(msgspec.Struct):
    """One message for Rasa. ``input_channel``: the citizen's channel, or ``local``."""

    sender: str
    message: str
    input_channel: str = "local"
    metadata: dict[str, Any] | None = None
    message_id: str | None = None


class Collected(CollectingOutputChannel):  # type: ignore[misc]
    """One item for everything the action uttered at once, as it was uttered: text, buttons, custom data."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message of the action."""
        shown = {name: message[name] for name in _SHOWN if message.get(name)}
        if shown:
            await self._persist_message(self._message(recipient_id, **shown))


class LocalInput(InputChannel):  # type: ignore[misc]
    """``POST /webhooks/local/webhook {"sender", "message", …}`` in the shape of Rasa's rest channel.

    Every message is cleaned and masked before Rasa stores it. With a ``secret``, a request needs it as
    bearer token; without one the channel is for this machine and tests only. Statuses: 400 for a body that
    is no ``Call``, 401 without the secret, 500 when the turn broke, 503 while there is no model.
    """

    def __init__(self, secret: str = "") -> None:
        self._authorization = f"Bearer {secret}".encode() if secret else b""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "LocalInput":
        """The channel with the configured secret; ``credentials.yml`` holds none."""
        return cls(get_settings().relay_secret)

    @classmethod
    def name(cls) -> str:
        """Path segment of the channel."""
        return "local"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """``GET /``: 200 once Rasa has a model, else 503. ``POST /webhook``: one turn."""
        routes = Blueprint("local_channel")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            ready = _has_model(request)
            return json({"status": "ok" if ready else "no model"}, status=200 if ready else 503)

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            if not self._lets_in(request):
                return json({"error": "unauthorized"}, status=401)
            try:
                call = msgspec.json.decode(request.body, type=Call)
            except (msgspec.DecodeError, UnicodeDecodeError):
                return json({"error": "bad request"}, status=400)
            if not _has_model(request):
                # Rasa itself would be silent, and the message would seem badly answered.
                return json({"error": "no model"}, status=503)
            if not is_known(call.input_channel):
                return json({"error": "unknown channel"}, status=400)
            output = Collected()
            try:
                await on_new_message(message_of(call, output))
            except Exception as error:
                logger.error("a turn broke: %s", trace(error))
                return json({"error": "turn failed"}, status=500)
            return json(output.messages, headers={MODEL_HEADER: _model(request)})

        return routes

    def _lets_in(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "").encode(errors="surrogateescape")
        return not self._authorization or hmac.compare_digest(shown, self._authorization)


def _has_model(request: Request) -> bool:
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())


def _model(request: Request) -> str:
    """Id of the loaded model: the name of its file in the bank."""
    processor = getattr(request.app.ctx.agent, "processor", None)
    return str(processor.model_filename).rpartition("/")[2].removesuffix(".tar.gz") if processor else ""


def is_known(input_channel: str) -> bool:
    """Whether messages may come from this channel."""
    return input_channel in _CHANNELS


def message_of(call: Call, output: Collected) -> UserMessage:
    """The message as Rasa may keep it: cleaned and masked."""
    return UserMessage(
        receive(call.message),
        output,
        call.sender,
        input_channel=call.input_channel,
        message_id=call.message_id,
        metadata=call.metadata,
    )
