"""What every route of the web channel works with."""

import hashlib
import hmac
import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.adapter import Files
from bot.channels.hub import Hub
from bot.channels.web import rows
from bot.channels.web.errors import ApiError, Code, error_response
from bot.channels.web.limits import Limiter, Spent
from bot.channels.web.linking import Linking
from bot.channels.web.origins import Origins
from bot.channels.web.rows import Place
from bot.channels.web.session import Session, Sessions
from bot.channels.web.streams import Streams
from bot.channels.web.texts import Contact, Say
from bot.pages.limits import address_key
from bot.settings import Settings

logger = logging.getLogger(__name__)

COOKIE = "dvc_s"
Forget = Callable[[str], Awaitable[None]]
"""Deletes what Rasa keeps of a conversation id."""


@dataclass(frozen=True)
class Web:
    """The parts of the channel. ``linking`` is None where conversations cannot move to other channels."""

    hub: Hub
    settings: Settings
    files: Files
    say: Say
    forget: Forget
    contact: Contact
    linking: Linking | None
    sessions: Sessions
    origins: Origins
    limiter: Limiter
    streams: Streams
    erasure_key: bytes

    def session(self, request: Request) -> Session:
        """The session of a request; raises ``ApiError`` when it has none that is good for its site."""
        origin = self.origins.of(request)
        token = bearer(request)
        if token:
            return self.sessions.check(token, origin)
        if request.method != "GET" and "origin" not in request.headers:
            # A cookie travels by itself: without the header nobody says that our page sent it.
            raise ApiError(Code.NO_SESSION)
        return self.sessions.check(request.cookies.get(COOKIE, ""), origin)

    def writing(self, request: Request, what: Spent = Spent.WRITE) -> Session:
        """The session of a request that changes something, counted."""
        self.limiter.spend(Spent.WRITE_ADDRESS, self.address(request))
        session = self.session(request)
        self.limiter.spend(what, session.sid)
        return session

    def reading(self, request: Request) -> Session:
        """The session of a request that only reads, counted."""
        self.limiter.spend(Spent.READ_ADDRESS, self.address(request))
        session = self.session(request)
        self.limiter.spend(Spent.READ, session.sid)
        return session

    async def place(self, session: Session) -> Place:
        """Where a session is; raises ``ApiError`` when it was erased."""
        place = await self.hub.read(rows.place_of, session.sid, self.erasure_key)
        if place.erased:
            raise ApiError(Code.SESSION_ERASED)
        return place

    async def conversation(self, session: Session) -> str:
        """Id of the session's conversation; raises ``ApiError`` when nothing was said in it yet."""
        place = await self.place(session)
        if place.conversation_id is None:
            raise ApiError(Code.NOTHING_SAID)
        return place.conversation_id

    @staticmethod
    def address(request: Request) -> str:
        """Key of the sender's address; behind a proxy as far as the server trusts the proxy."""
        return address_key(request.client.host if request.client else None)


Handler = Callable[[Web, Request], Awaitable[Response]]


def handled(web: Web, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose failures become errors of the wire format; logs say where, never what was sent."""

    async def endpoint(request: Request) -> Response:
        try:
            return await handler(web, request)
        except ApiError as error:
            return error_response(error, web.say)
        except Exception as error:
            # Messages of database errors quote the parameters: texts of citizens.
            where = "".join(traceback.format_tb(error.__traceback__))
            kind = "database" if isinstance(error, SQLAlchemyError) else "request"
            logger.error("%s failed (%s): %s\n%s", handler.__name__, kind, type(error).__name__, where)
            return error_response(ApiError(Code.UNAVAILABLE, 5), web.say)

    return endpoint


def bearer(request: Request) -> str:
    """The token of the ``Authorization`` header; empty without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def erasure_key(secret: str) -> bytes:
    """The key of tombstones, derived so that it signs nothing else. All channels use the same."""
    return hmac.new(secret.encode(), b"erasure", hashlib.sha256).digest()
