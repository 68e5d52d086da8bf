"""HTTP calls to the Bot API. No call is repeated here, follows a redirect or logs anything.

The token is part of every address: no address may get into a log or an error.
"""

import asyncio
import re
from enum import Enum
from types import SimpleNamespace
from typing import Any

import aiohttp
import msgspec

from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError

CONNECT_SECONDS = 5.0
CALL_SECONDS = 20.0
DOWNLOAD_SECONDS = 60.0
MAX_FILE_BYTES = 20 * 1024 * 1024
"""The most Telegram lets a bot fetch."""
_MAX_ANSWER_BYTES = 1024 * 1024
_CHUNK = 64 * 1024
_PATH = re.compile(r"(?!.*\.\.)[\w-][\w./-]{0,500}", re.ASCII)


class Method(str, Enum):
    """The methods that are used."""

    SEND_MESSAGE = "sendMessage"
    SEND_PHOTO = "sendPhoto"
    SEND_DOCUMENT = "sendDocument"
    SEND_CHAT_ACTION = "sendChatAction"
    EDIT_MESSAGE_REPLY_MARKUP = "editMessageReplyMarkup"
    ANSWER_CALLBACK_QUERY = "answerCallbackQuery"
    GET_FILE = "getFile"
    GET_ME = "getMe"
    SET_WEBHOOK = "setWebhook"
    DELETE_WEBHOOK = "deleteWebhook"
    GET_WEBHOOK_INFO = "getWebhookInfo"
    SET_MY_COMMANDS = "setMyCommands"


class TooBigError(Exception):
    """A file has more bytes than are taken."""


class _Parameters(msgspec.Struct):
    retry_after: float | None = None


class _Answer(msgspec.Struct):
    ok: bool
    result: Any = None
    error_code: int = 0
    description: str = ""
    parameters: _Parameters | None = None


class Client:
    """Calls of one bot. ``base_url`` without a final slash needed; times are in seconds."""

    def __init__(self, token: str, base_url: str, call_seconds: float = CALL_SECONDS) -> None:
        base = base_url.rstrip("/")
        self._api, self._files = f"{base}/bot{token}", f"{base}/file/bot{token}"
        self._call_seconds = call_seconds
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: Method, params: dict[str, Any] | None = None) -> Any:
        """``result`` of a method. Raises ``NotSentError``, ``NoAnswerError`` or ``ApiError``."""
        status, body = await self._request(
            "POST",
            f"{self._api}/{method.value}",
            self._call_seconds,
            _MAX_ANSWER_BYTES,
            data=msgspec.json.encode(params or {}),
            headers={"Content-Type": "application/json"},
        )
        try:
            answer = msgspec.json.decode(body, type=_Answer)
        except msgspec.DecodeError:
            # A gateway on the way spoke. After 2xx the message may be there.
            if status < 300:
                raise NoAnswerError("unreadable answer") from None
            raise ApiError(status) from None
        if answer.ok:
            return answer.result
        retry_after = answer.parameters.retry_after if answer.parameters else None
        raise ApiError(answer.error_code or status, answer.description, retry_after)

    async def download(self, file_path: str, limit: int = MAX_FILE_BYTES) -> bytes:
        """Bytes of a file named by ``getFile``. Raises ``TooBigError`` over ``limit``, or as ``call``."""
        if not _PATH.fullmatch(file_path):
            raise ApiError(400, "strange file path")
        url = f"{self._files}/{file_path}"
        status, body = await self._request("GET", url, DOWNLOAD_SECONDS, limit)
        if status != 200:
            raise ApiError(status, "file not given")
        return body

    async def close(self) -> None:
        """Give back connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _request(
        self, verb: str, url: str, seconds: float, limit: int, **more: Any
    ) -> tuple[int, bytes]:
        progress = SimpleNamespace(left=False)
        timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
        try:
            async with self._opened().request(
                verb, url, timeout=timeout, allow_redirects=False, trace_request_ctx=progress, **more
            ) as response:
                body = bytearray()
                async for chunk in response.content.iter_chunked(_CHUNK):
                    body += chunk
                    if len(body) > limit:
                        raise TooBigError
                return response.status, bytes(body)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            # ``from None``: the address is in some of these errors.
            kind = type(error).__name__
            raise (NoAnswerError(kind) if progress.left else NotSentError(kind)) from None

    def _opened(self) -> aiohttp.ClientSession:
        """The session, made in the loop that uses it."""
        if self._session is None:
            trace = aiohttp.TraceConfig()
            # aiohttp 3.9 types its signals as if callbacks took callbacks.
            trace.on_request_headers_sent.append(_leaving)  # type: ignore[arg-type]
            self._session = aiohttp.ClientSession(
                trace_configs=[trace], cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
            )
        return self._session


async def _leaving(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.left = True
