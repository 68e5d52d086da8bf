"""The access token, refreshed by exactly one process at a time: Zalo's refresh tokens work once.

Who wants to refresh takes the lock in the row, calls Zalo and stores the new pair in one transaction before
anybody uses it. The others wait and read. If a process dies between Zalo's answer and that commit, the pair
is lost with it: the next refresh is refused (-14020), the channel stops with an alarm, and an administrator
has to authorise the account again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo import credentials
from bot.channels.zalo.answer import Answer
from bot.channels.zalo.client import NoAnswerError, NotSentError
from bot.channels.zalo.credentials import Credential
from bot.channels.zalo.errors import Code
from bot.channels.zalo.metrics import REFRESHES
from bot.channels.zalo.oauth import Pair, pair_of

REFRESH_BEFORE = 2 * 3600.0
"""Seconds of life at which a token is replaced in advance."""

_AGAIN_SECONDS = 60.0
_POLL_SECONDS = 0.05
# 10 seconds: a send that waited longer would be taken for interrupted; the queue comes back instead.
_POLLS = 200
_KEEPING = 20
_PASSING = frozenset({Code.RATE, Code.SYSTEM})

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Run(Protocol):
    """``Hub.run``."""

    async def __call__(self, work: Callable[..., T], *args: Any) -> T: ...


class NotAuthorisedError(Exception):
    """There is no usable pair: an administrator has to authorise the account."""


class NoTokenNowError(Exception):
    """The token could not be refreshed at the moment; later it may."""


class Tokens:
    """``refresh``: the call that exchanges a refresh token; ``owner``: unique among processes."""

    def __init__(
        self,
        run: Run,
        refresh: Callable[[str], Awaitable[Answer]],
        now: Callable[[], float],
        owner: str,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._run, self._refresh, self._now, self._owner, self._pause = run, refresh, now, owner, pause
        self._alone = asyncio.Lock()
        self._known: Credential | None = None
        self._spent = -1
        """Version whose refresh token Zalo refused; trying it again is of no use."""
        self._again_at = 0.0

    async def current(self) -> Credential:
        """A token with two hours of life if it can be had. Raises the errors above."""
        known = self._known
        if known is None or not self._lasts(known):
            async with self._alone:
                known = await self._load()
                if not self._lasts(known):
                    known = await self._in_advance(known)
        return known

    async def renew(self, refused: Credential) -> Credential:
        """Another token than ``refused``, which Zalo did not take. Raises the errors above."""
        async with self._alone:
            latest = await self._load()
            return latest if latest.version != refused.version else await self._replace(latest)

    def _lasts(self, pair: Credential) -> bool:
        return pair.expires_at - self._now() > REFRESH_BEFORE

    async def _in_advance(self, old: Credential) -> Credential:
        """While the old token works, nobody waits for a new one, and a failure silences nobody."""
        if old.expires_at <= self._now():
            return await self._replace(old)
        if self._now() < self._again_at or old.version == self._spent:
            return old
        try:
            return await self._try(old) or old
        except (NoTokenNowError, NotAuthorisedError):
            self._again_at = self._now() + _AGAIN_SECONDS
            return old

    async def _load(self) -> Credential:
        self._known = await self._run(credentials.load)
        if self._known is None:
            raise NotAuthorisedError("no tokens are stored")
        return self._known

    async def _replace(self, old: Credential) -> Credential:
        if old.version == self._spent:
            raise NotAuthorisedError("the refresh token was refused")
        for _ in range(_POLLS):
            latest = await self._try(old) or await self._load()
            if latest.version != old.version:
                return latest
            await self._pause(_POLL_SECONDS)
        raise NoTokenNowError("another process holds the lock")

    async def _try(self, old: Credential) -> Credential | None:
        """Refresh if the lock is free, else None. A pair on its way outlives a caller who is cancelled."""
        locked = await self._run(credentials.lock, self._owner, old.version, self._now())
        if locked is None:
            return None
        exchange = asyncio.ensure_future(self._exchange(locked))
        try:
            return await asyncio.shield(exchange)
        except asyncio.CancelledError:
            await asyncio.wait([exchange])
            raise

    async def _exchange(self, old: Credential) -> Credential:
        try:
            answer = await self._refresh(old.refresh)
        except (NotSentError, NoAnswerError) as error:
            await self._run(credentials.unlock, self._owner, old.version)
            REFRESHES.labels("no_answer").inc()
            raise NoTokenNowError("no answer") from error
        pair = pair_of(answer)
        if pair is not None:
            return await self._keep(pair, old)
        await self._run(credentials.unlock, self._owner, old.version)
        latest = await self._load()
        if latest.version != old.version:
            return latest
        if not answer.error or answer.error in _PASSING or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            REFRESHES.labels("later").inc()
            raise NoTokenNowError(f"http {answer.status}, zalo {answer.error}")
        self._spent = old.version
        REFRESHES.labels("refused").inc()
        logger.critical("zalo refuses to refresh the token (%d): authorise the account again", answer.error)
        raise NotAuthorisedError(f"zalo {answer.error}")

    async def _keep(self, pair: Pair, old: Credential) -> Credential:
        """The pair exists only here: a database that is away for a moment must not lose it."""
        for left in reversed(range(_KEEPING)):
            try:
                self._known = await self._run(credentials.succeed, pair, old.version, self._now())
                break
            except SQLAlchemyError as error:
                logger.error("zalo: the new tokens could not be stored: %s", type(error).__name__)
                if not left:
                    raise NoTokenNowError("the new tokens could not be stored") from None
                await self._pause(1.0)
        REFRESHES.labels("done").inc()
        return self._known or await self._load()
