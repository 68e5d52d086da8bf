"""``/events``: a conversation as server-sent events. Every message is read from the log by its number, so
that a stream that breaks anywhere goes on where it stopped: nothing is lost and nothing comes twice.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from enum import Enum
from typing import Any

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.channels.bell import Ring
from bot.channels.web import rows
from bot.channels.web.context import Web
from bot.channels.web.errors import ApiError, Code
from bot.channels.web.messages import PAGE, number
from bot.channels.web.rows import Page, Place
from bot.channels.web.session import Session
from bot.channels.web.view import shown

logger = logging.getLogger(__name__)
# At DEBUG the library logs whole events: the words of citizens.
logging.getLogger("sse_starlette").setLevel(logging.INFO)

PING_SECONDS = 15
TYPING_AFTER_SECONDS = 0.3
RECONNECT_MILLISECONDS = 2000
_PATIENCE_SECONDS = 15.0
_PATIENCE_BEFORE_FIRST_SECONDS = 2.0
_SLOW_READER_SECONDS = 30.0


class End(str, Enum):
    """Why a stream ends for good."""

    ERASED = "erased"
    EXPIRED = "expired"
    MOVED = "moved"
    """The session is in another conversation now: what the browser shows belongs to the old one."""


async def get_events(web: Web, request: Request) -> Response:
    """A stream from after ``Last-Event-ID`` or ``?after=``, whichever is later."""
    session = web.reading(request)
    after = number(request, "after", 0)
    last = request.headers.get("last-event-id", "")
    if last.isascii() and last.isdigit() and len(last) <= 9:
        after = max(after, int(last))
    if (await web.hub.read(rows.place_of, session.sid, web.erasure_key)).erased:
        raise ApiError(Code.SESSION_ERASED)
    address = web.address(request)
    web.streams.check(session.sid, address)
    return _Stream(web, session, address, after)


class _Stream(Response):
    """Counts as open for exactly as long as it is being sent."""

    def __init__(self, web: Web, session: Session, address: str, after: int) -> None:
        self._web, self._session, self._address, self._after = web, session, address, after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._web.streams.open(self._session.sid, self._address) as ring:
            response = EventSourceResponse(
                _Teller(self._web, self._session, self._after, ring).events(),
                ping=PING_SECONDS,
                ping_message_factory=lambda: ServerSentEvent(comment="ping", sep="\n"),
                sep="\n",
                send_timeout=_SLOW_READER_SECONDS,
            )
            with suppress(SendTimeoutError):
                await response(scope, receive, send)


class _Teller:
    """Tells one browser what happens, from after one number on."""

    def __init__(self, web: Web, session: Session, after: int, ring: Ring) -> None:
        self._web, self._session, self._cursor, self._ring = web, session, after, ring
        self._conversation_id: str | None = None
        self._busy_since: float | None = None
        self._typing = False

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """Until the session ends; a database that fails ends it too, and the browser comes again."""
        yield ServerSentEvent(comment="open", retry=RECONNECT_MILLISECONDS, sep="\n")
        with ExitStack() as watching:
            try:
                while True:
                    page = await self._read()
                    end = self._end(page.place)
                    if end is not None:
                        yield _event("end", {"reason": end.value})
                        return
                    for entry in page.entries:
                        self._cursor = entry.seq
                        message = shown(entry, self._session.sid, self._web.settings.gateway_url)
                        yield _event("message", message, entry.seq)
                    if self._conversation_id is None and page.place.conversation_id is not None:
                        self._conversation_id = page.place.conversation_id
                        watching.enter_context(self._web.hub.watch(self._conversation_id, self._ring))
                        continue  # something may have happened before we watched
                    if len(page.entries) == PAGE:
                        continue
                    if self._typing_changed(page.place):
                        yield _event("typing", {"on": self._typing})
                    await self._ring.wait(self._patience(page.place))
            except SQLAlchemyError as error:
                logger.error("a stream was cut: %s", type(error).__name__)

    async def _read(self) -> Page:
        web = self._web
        return await web.hub.read(rows.read, self._session.sid, web.erasure_key, self._cursor, PAGE)

    def _end(self, place: Place) -> End | None:
        if place.erased:
            return End.ERASED
        if self._web.hub.now() >= self._session.expires_at:
            return End.EXPIRED
        elsewhere = self._conversation_id is not None and place.conversation_id != self._conversation_id
        return End.MOVED if elsewhere or self._cursor > place.last_seq else None

    def _typing_changed(self, place: Place) -> bool:
        """Whether "typing" is to be switched; on only after a moment, or quick answers would flicker."""
        now = self._web.hub.now()
        before = self._typing
        if place.lease_until <= now:
            self._busy_since, self._typing = None, False
        elif self._busy_since is None:
            self._busy_since = now
        elif now - self._busy_since >= TYPING_AFTER_SECONDS:
            self._typing = True
        return self._typing is not before

    def _patience(self, place: Place) -> float:
        """Seconds until something changes without anybody telling us."""
        now = self._web.hub.now()
        waits = [_PATIENCE_SECONDS, self._session.expires_at - now]
        if self._conversation_id is None:
            waits.append(_PATIENCE_BEFORE_FIRST_SECONDS)
        if self._busy_since is not None:
            typing_at = self._busy_since + TYPING_AFTER_SECONDS
            waits.append((place.lease_until if self._typing else typing_at) - now)
        return max(min(waits), 0.02)


def _event(name: str, data: dict[str, Any], number: int | None = None) -> ServerSentEvent:
    event_id = None if number is None else str(number)
    return ServerSentEvent(msgspec.json.encode(data).decode(), event=name, id=event_id, sep="\n")
