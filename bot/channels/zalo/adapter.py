"""Zalo as the queues see it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.adapter import Payload, Sent
from bot.channels.message import Choice, Reply
from bot.channels.states import Fate
from bot.channels.zalo.answer import Answer
from bot.channels.zalo.client import Client, NoAnswerError, NotSentError
from bot.channels.zalo.errors import judge, reach, wants_token
from bot.channels.zalo.files import Downloads
from bot.channels.zalo.metrics import CALLS
from bot.channels.zalo.pace import Pace
from bot.channels.zalo.render import replies
from bot.channels.zalo.tokens import NotAuthorisedError, NoTokenNowError, Run, Tokens
from bot.conversations.channel import Channel
from bot.settings import Settings

Call = Callable[[str], Awaitable[Answer]]
"""A call that wants only the access token."""

_LONGEST_WAIT = 2.0
"""A call held longer by the rate limit goes back into the queue instead of keeping a worker."""

logger = logging.getLogger(__name__)


class _HeldError(Exception):
    """The rate limit holds calls for ``seconds``; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__("rate limit")
        self.seconds = seconds


class ZaloAdapter:
    """``bot.channels.adapter.Adapter`` of Zalo. ``run``: of the hub; ``owner``: unique among processes;
    ``more_choices()``: text over buttons that found no room under the reply (``utter_channel_more_choices``).
    """

    channel = Channel.ZALO
    echoes = True

    def __init__(
        self,
        settings: Settings,
        run: Run,
        now: Callable[[], float],
        owner: str,
        more_choices: Callable[[], str],
    ) -> None:
        self._client = Client(settings)
        self._tokens = Tokens(run, self._client.refresh, now, owner)
        self._downloads = Downloads(settings)
        self._pace = Pace(now)
        self._now = now
        self._zone = ZoneInfo(settings.time_zone)
        self._more_choices = more_choices

    def parts(self, external_id: str, reply: Reply, token: Callable[[Choice], str]) -> Sequence[Payload]:
        """See ``render.replies``."""
        return replies(external_id, reply, token, self._more_choices())

    async def send(self, payload: Payload) -> Sent:
        """See ``Adapter``. Zalo has no key against repeats: a call without an answer is ``UNKNOWN``."""
        body = {name: value for name, value in payload.items() if name != "call"}
        if payload.get("call") == "template":
            return await self._make("template", lambda access: self._client.template(access, body))
        return await self._make("consult", lambda access: self._client.consult(access, body))

    async def check(self) -> Sent:
        """Whether address and tokens are right and the account answers; refreshes a token near its end."""
        return await self._make("account", self._client.account)

    async def typing(self, external_id: str) -> None:
        """Zalo shows no such sign."""

    async def download(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        """See ``Downloads.fetch``."""
        return await self._downloads.fetch(handle)

    async def close(self) -> None:
        """Give back connections."""
        await self._client.close()
        await self._downloads.close()

    async def _make(self, name: str, call: Call) -> Sent:
        sent = await self._fate(call)
        if sent.fate is Fate.UNREACHABLE:
            sent = replace(sent, reach=reach(sent.error))
        CALLS.labels(name, sent.fate.value).inc()
        if sent.fate is not Fate.SENT:
            logger.warning("zalo: %s ended as %s: %s", name, sent.fate.value, sent.error)
        return sent

    async def _fate(self, call: Call) -> Sent:
        try:
            token = await self._tokens.current()
            answer = await self._paced(call, token.access)
            if wants_token(answer):
                token = await self._tokens.renew(token)
                answer = await self._paced(call, token.access)
        except _HeldError as held:
            return Sent(Fate.RETRY, error=str(held), retry_after=held.seconds)
        except NotSentError as error:
            return Sent(Fate.RETRY, error=f"not sent: {error}")
        except NoAnswerError as error:
            return Sent(Fate.UNKNOWN, error=f"no answer: {error}")
        except NoTokenNowError as error:
            return Sent(Fate.RETRY, error=f"no token: {error}")
        except NotAuthorisedError as error:
            return Sent(Fate.OPERATOR, error=f"not authorised: {error}")
        return judge(answer, self._now(), self._zone)

    async def _paced(self, call: Call, access: str) -> Answer:
        waited = 0.0
        while pause := self._pace.wait():
            waited += pause
            if waited > _LONGEST_WAIT:
                raise _HeldError(max(pause, _LONGEST_WAIT))
            await asyncio.sleep(pause)
        answer = await call(access)
        self._pace.heed(answer.remain)
        return answer
