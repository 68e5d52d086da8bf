"""Pages that draw themselves anew: one stream of events a page (server-sent events).

The stream looks at the database once a second, off the event loop, and sends what changed. It keeps nobody's
session from idling; it ends with the session. A browser that lost the connection says with ``Last-Event-ID``
what it has, and gets only something newer.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.console.context import Console, console_of
from bot.console.guard import Visitor, visitor_of
from bot.handoffs import watching
from bot.staff import presence, sessions

PAUSE_SECONDS = 1.0
_BEAT_EVERY = 15
_RETRY_MS = 3000

Drawn = Mapping[str, Any]
Pause = Callable[[], Awaitable[None]]


class Watch(Protocol):
    """What a live page looks at."""

    def mark(self, connection: Connection) -> str | None:
        """Another text whenever the page must be drawn anew; None once there is nothing to show any more."""

    def draw(self, connection: Connection) -> Drawn:
        """What the script of the page gets, ready for JSON."""

    async def afterthought(self) -> Drawn | None:
        """What takes longer, after each drawing; None when there is nothing."""


@dataclass(frozen=True)
class _Look:
    """``mark``: None when what was shown is gone; ``drawn``: None when nothing changed."""

    mark: str | None
    drawn: Drawn | None


def live(request: Request, watch: Watch) -> StreamingResponse:
    """The stream for a page."""
    known = request.headers.get("last-event-id", "")[:200]
    lines = events(console_of(request), visitor_of(request), watch, known)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def pause() -> None:
    await asyncio.sleep(PAUSE_SECONDS)


async def events(
    console: Console, visitor: Visitor, watch: Watch, known: str, wait: Pause = pause
) -> AsyncIterator[str]:
    """``drawn`` with each change after ``known``, ``thought`` with what took longer, a comment now and then
    so that a lost connection is noticed, and at the end ``gone`` or ``ended`` (the session).
    """
    thinking: asyncio.Task[Drawn | None] | None = None
    beats, is_fresh = 0, False
    yield f"retry: {_RETRY_MS}\n\n"
    try:
        while True:
            look = await console.run(_look, console, visitor, watch, known)
            if look is None:
                yield _event("ended", {})
                return
            if look.mark is None:
                yield _event("gone", {})
                return
            if look.drawn is not None:
                yield _event("drawn", look.drawn, look.mark)
                known, beats, is_fresh = look.mark, 0, True
            if thinking is not None and thinking.done():
                thought, thinking = thinking.result(), None
                if thought is not None:
                    yield _event("thought", thought)
            # A thought that is not finished is waited for: on a busy day none would ever be.
            if is_fresh and thinking is None:
                thinking, is_fresh = asyncio.create_task(watch.afterthought()), False
            beats += 1
            if beats % _BEAT_EVERY == 0:
                yield ": beat\n\n"
            await wait()
    except DBAPIError:
        # The browser comes back; by then the database may be there again.
        return
    finally:
        if thinking is not None:
            thinking.cancel()
            with suppress(asyncio.CancelledError):
                await thinking


def tally(connection: Connection, account_id: int) -> Drawn:
    """What every live page knows besides its own: how many wait, and what to call somebody's attention to."""
    seen = watching.look(connection, account_id)
    return {"waiting": seen.counts.waiting, "arrived": seen.arrived, "heard": seen.heard}


def _look(
    connection: Connection, console: Console, visitor: Visitor, watch: Watch, known: str
) -> _Look | None:
    """None when the session ended."""
    now = console.now()
    if sessions.peek(connection, visitor.token, now) is None:
        return None
    presence.seen(connection, visitor.account.id, now)
    mark = watch.mark(connection)
    if mark is None or mark == known:
        return _Look(mark, None)
    return _Look(mark, watch.draw(connection))


def _event(name: str, data: Drawn, mark: str = "") -> str:
    number = f"id: {mark}\n" if mark else ""
    return f"event: {name}\n{number}data: {json.dumps(data, ensure_ascii=False)}\n\n"
