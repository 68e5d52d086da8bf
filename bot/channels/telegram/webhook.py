"""The webhook Telegram calls: the secret, one durable row, 200. Anything else Telegram repeats for a day.

Updates are delivered at least once; repeats are found by ``update_id`` in ``Hub.accept``.
"""

import asyncio
import hmac
import logging
from enum import Enum

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.decoding import NEVER_STORABLE, body_of
from bot.channels.hub import Hub
from bot.channels.telegram.client import Client, Method
from bot.channels.telegram.commands import Commands
from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError
from bot.channels.telegram.metrics import REFUSED_CALLS, UPDATES
from bot.channels.telegram.render import kept_keyboard
from bot.channels.telegram.updates import Event, Tap, read
from bot.channels.telegram.wire import decode

PATH = "/webhooks/telegram/webhook"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
MAX_BYTES = 1024 * 1024

logger = logging.getLogger(__name__)


class Refused(str, Enum):
    """Why a call is not taken; label of the counter."""

    SECRET = "secret"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    UNUSABLE = "unusable"
    FAILED = "failed"


class Webhook:
    """``secret`` must not be empty: without one anybody could speak for any citizen."""

    def __init__(self, hub: Hub, client: Client, secret: str, commands: Commands) -> None:
        if not secret:
            raise ValueError("the webhook of Telegram needs a secret")
        self._hub, self._client, self._commands = hub, client, commands
        self._secret = secret.encode()
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """The one route."""
        return [Route(PATH, self._post, methods=["POST"])]

    async def close(self) -> None:
        """Let the answers to pressed buttons end; call before the client is closed."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _post(self, request: Request) -> Response:
        told = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(told, self._secret):
            REFUSED_CALLS.labels(Refused.SECRET.value).inc()
            logger.warning("telegram: a webhook call has a wrong secret; was it registered with another?")
            return Response(status_code=403)
        raw = await body_of(request, MAX_BYTES)
        if raw is None:
            return _drop(Refused.TOO_LARGE)
        try:
            event = read(decode(raw), self._commands, self._hub.now())
        except msgspec.DecodeError:
            return _drop(Refused.MALFORMED)
        return await self._take(event)

    async def _take(self, event: Event) -> Response:
        UPDATES.labels(event.incoming.kind.value if event.incoming else "ignored").inc()
        if event.tap is not None:
            task = asyncio.create_task(self._acknowledge(event.tap))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if event.incoming is None:
            return Response(status_code=200)
        try:
            await self._hub.accept(event.incoming)
        except NEVER_STORABLE:
            return _drop(Refused.UNUSABLE)
        except Exception as error:
            # Not acknowledged, so Telegram repeats it. The error may quote the citizen: its kind is enough.
            logger.error("telegram: an update could not be stored: %s", type(error).__name__)
            REFUSED_CALLS.labels(Refused.FAILED.value).inc()
            return Response(status_code=503)
        return Response(status_code=200)

    async def _acknowledge(self, tap: Tap) -> None:
        """Stop the button's spinner, then take the choices away so that none is pressed twice."""
        await self._try(Method.ANSWER_CALLBACK_QUERY, {"callback_query_id": tap.callback_id})
        if tap.chat_id is None:
            return
        await self._try(
            Method.EDIT_MESSAGE_REPLY_MARKUP,
            {
                "chat_id": tap.chat_id,
                "message_id": tap.message_id,
                "reply_markup": kept_keyboard(tap.kept),
            },
        )

    async def _try(self, method: Method, params: dict[str, object]) -> None:
        try:
            await self._client.call(method, params)
        except (NotSentError, NoAnswerError, ApiError) as error:
            # Usual after a repeat: the press was answered and its keyboard removed the first time.
            logger.info("telegram: %s failed: %s", method.value, error)


def _drop(reason: Refused) -> Response:
    """Genuine but useless: 200, or Telegram would send it again and again and hold back what follows."""
    REFUSED_CALLS.labels(reason.value).inc()
    logger.warning("telegram: an update was dropped: %s", reason.value)
    return Response(status_code=200)
