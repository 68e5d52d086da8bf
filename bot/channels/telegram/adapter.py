"""Telegram as the queues see it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec

from bot.channels.adapter import Payload, RefusedError, Sent
from bot.channels.message import Choice, Refusal, Reply
from bot.channels.states import Fate
from bot.channels.telegram.client import MAX_FILE_BYTES, Client, Method, TooBigError
from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError, fate
from bot.channels.telegram.flood import Pace
from bot.channels.telegram.metrics import CALLS, PLAIN
from bot.channels.telegram.render import calls, plain
from bot.conversations.channel import Channel

_LONGEST_WAIT = 0.1
"""A call held longer by the pace goes back into the queue: if we were killed while it waits here, nobody
could tell whether it had been made.
"""


class _Message(msgspec.Struct):
    message_id: int


class _File(msgspec.Struct):
    file_path: str = ""
    file_size: int = 0


class TelegramAdapter:
    """See ``bot.channels.adapter.Adapter``. ``now`` and ``sleep`` keep the pace of sending; what it would
    hold longer than ``longest_wait`` seconds is not sent.
    """

    channel = Channel.TELEGRAM
    echoes = False

    def __init__(
        self,
        client: Client,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        longest_wait: float = _LONGEST_WAIT,
    ) -> None:
        self._client, self._pace, self._sleep = client, Pace(now), sleep
        self._longest_wait = longest_wait

    def parts(self, external_id: str, reply: Reply, token: Callable[[Choice], str]) -> Sequence[Payload]:
        """``{"method": …, "params": …}`` for each message of at most 4,096 UTF-16 units."""
        return calls(external_id, reply, token)

    async def send(self, payload: Payload) -> Sent:
        """Make the call if the pace allows it; once more without HTML when Telegram cannot read it."""
        sent = await self._send(Method(payload["method"]), payload["params"])
        CALLS.labels(sent.fate.value).inc()
        return sent

    async def typing(self, external_id: str) -> None:
        """Telegram shows it for five seconds or until the next message."""
        try:
            await self._client.call(
                Method.SEND_CHAT_ACTION, {"chat_id": int(external_id), "action": "typing"}
            )
        except (NotSentError, NoAnswerError, ApiError):
            return

    async def download(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        """See ``Adapter``. At most 20 MB; ``OSError`` means that another try may work."""
        if int(handle.get("size") or 0) > MAX_FILE_BYTES:
            raise RefusedError(Refusal.FILE_TOO_BIG.value)
        try:
            answer = await self._client.call(Method.GET_FILE, {"file_id": handle["file_id"]})
            file = msgspec.convert(answer, _File)
            data = await self._client.download(file.file_path)
        except TooBigError:
            raise RefusedError(Refusal.FILE_TOO_BIG.value) from None
        except ApiError as error:
            if error.is_file_size:
                raise RefusedError(Refusal.FILE_TOO_BIG.value) from None
            if fate(error).fate in (Fate.DEAD, Fate.UNREACHABLE):
                raise RefusedError(Refusal.FILE_FAILED.value) from None
            raise OSError(f"telegram: {error}") from None
        except (NotSentError, NoAnswerError, msgspec.ValidationError) as error:
            raise OSError(f"telegram: {type(error).__name__}") from None
        return str(handle.get("name") or PurePosixPath(file.file_path).name), data

    async def close(self) -> None:
        """Give back connections."""
        await self._client.close()

    async def _send(self, method: Method, params: dict[str, Any]) -> Sent:
        try:
            return await self._call(method, params)
        except ApiError as error:
            if not (error.is_markup and "parse_mode" in params and "text" in params):
                return fate(error)
        except (NotSentError, NoAnswerError) as error:
            return fate(error)
        PLAIN.inc()
        try:
            return await self._call(method, plain(params))
        except (NotSentError, NoAnswerError, ApiError) as error:
            return fate(error)

    async def _call(self, method: Method, params: dict[str, Any]) -> Sent:
        while (pause := self._pace.take(params["chat_id"])) > 0:
            if pause > self._longest_wait:
                return Sent(Fate.RETRY, error="pace", retry_after=pause)
            await self._sleep(pause)
        answer = await self._client.call(method, params)
        try:
            number = msgspec.convert(answer, _Message).message_id
        except msgspec.ValidationError:
            return Sent(Fate.SENT)
        return Sent(Fate.SENT, external_id=str(number))
