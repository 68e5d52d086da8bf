"""The short road behind the address of Rasa's local channel: same requests, same replies, same statuses."""

import asyncio
import hmac
import logging
from collections.abc import Callable
from typing import Any

import msgspec
from rasa.core.agent import Agent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from bot.channels.brain import MODEL_HEADER
from bot.channels.local import Call, Collected, is_known, message_of
from bot.channels.tasks import trace

logger = logging.getLogger(__name__)

_ENCODER = msgspec.json.Encoder()


class Server:
    """Answers by the agent that ``agent`` gives for each message. ``secret``: a request needs it as bearer
    token where it is not empty.
    """

    def __init__(self, agent: Callable[[], Agent], secret: str) -> None:
        self._agent = agent
        self._authorization = f"Bearer {secret}".encode() if secret else b""

    def app(self, lifespan: Any = None) -> Router:
        """Routes of the local channel, and ``/health`` as the action server has it. Without Starlette's net
        for errors: ``webhook`` has its own, and what breaks beside a turn is for the server to log.
        """
        routes = [
            Route("/", self.health),
            Route("/health", self.health),
            Route("/webhooks/local/", self.health),
            Route("/webhooks/local/webhook", self.webhook, methods=["POST"]),
        ]
        return Router(routes, lifespan=lifespan)

    async def health(self, _request: Request) -> Response:
        """The model is loaded before anything is served. ``tasks``: of the event loop, this one included."""
        return _json({"status": "ok", "tasks": len(asyncio.all_tasks())})

    async def webhook(self, request: Request) -> Response:
        """One turn; see ``bot.channels.local.LocalInput``."""
        shown = request.headers.get("authorization", "").encode(errors="surrogateescape")
        if self._authorization and not hmac.compare_digest(shown, self._authorization):
            return _json({"error": "unauthorized"}, 401)
        try:
            call = msgspec.json.decode(await request.body(), type=Call)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _json({"error": "bad request"}, 400)
        if not is_known(call.input_channel):
            return _json({"error": "unknown channel"}, 400)
        agent, output = self._agent(), Collected()
        try:
            await agent.handle_message(message_of(call, output))
        except Exception as error:
            logger.error("a turn broke: %s", trace(error))
            return _json({"error": "turn failed"}, 500)
        return _json(output.messages, headers={MODEL_HEADER: _model(agent)})


def _model(agent: Agent) -> str:
    """Id of a model: the name of its file in the bank."""
    return str(agent.processor.model_filename).removesuffix(".tar.gz")


def _json(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(_ENCODER.encode(content), status, headers, "application/json")
