"""Who is asking, and may they: session, second factor, permission, CSRF token, presence."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import quote

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.console.context import Console, console_of
from bot.staff import accounts, audit, presence, sessions
from bot.staff.accounts import Account
from bot.staff.actions import Action, Presence
from bot.staff.audit import Actor
from bot.staff.roles import Permission
from bot.staff.sessions import Session

COOKIE = "staff"
ENTER, FACTOR, PASSWORD = "/console/enter", "/console/factor", "/console/me/password"
_SAFE = frozenset({"GET", "HEAD"})
_LONGEST_TOKEN = 200

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Visitor:
    """Who is asking. ``token``: of the session; never show it."""

    account: Account
    session: Session
    token: str
    ip: str
    presence: Presence

    @property
    def actor(self) -> Actor:
        """For the audit log."""
        return Actor(self.account.id, self.account.login, self.ip)

    @property
    def must_change(self) -> bool:
        """Goes nowhere but to the page of the password."""
        return self.account.must_change

    def may(self, permission: Permission) -> bool:
        return permission in self.account.permissions


class CsrfError(HTTPException):
    """The form was not ours, or the page was open since another session."""

    def __init__(self) -> None:
        super().__init__(403, "error_csrf")


def needs(*permissions: Permission) -> Callable[[Handler], Handler]:
    """Lets those through who have entered and have one of the permissions; none: all who have entered."""
    return _guard(permissions, complete=True)


def halfway(handler: Handler) -> Handler:
    """Lets those through who gave their password, whatever else is missing."""
    return _guard((), complete=False)(handler)


async def recognise(request: Request) -> None:
    """Let a page that is for everybody look as it does for whoever asks."""
    console = console_of(request)
    token = request.cookies.get(COOKIE, "")[:_LONGEST_TOKEN]
    request.state.visitor = await console.run(_visitor, console, token, ip_of(request))


def visitor_of(request: Request) -> Visitor:
    """Behind the guard only."""
    found = request.state.visitor
    assert isinstance(found, Visitor)
    return found


def ip_of(request: Request) -> str:
    return request.client.host if request.client else ""


def set_cookie(request: Request, response: Response, name: str, token: str) -> None:
    """For this browser session; never sent from other sites nor shown to scripts."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, token, path="/console", secure=secure, httponly=True, samesite="strict")


def drop_cookie(request: Request, response: Response, name: str) -> None:
    secure = request.url.scheme == "https"
    response.delete_cookie(name, path="/console", secure=secure, httponly=True, samesite="strict")


def inside(path: str) -> str:
    """An address of the console as given, anything else as its first page: nobody is led elsewhere."""
    foreign = not path.startswith("/console/") or "\\" in path or "//" in path or not path.isprintable()
    return "/console/" if foreign else path


async def given_token(request: Request) -> str:
    """The CSRF token of a request: of the header, else of the form."""
    if header := request.headers.get("x-csrf"):
        return header
    return str((await request.form()).get("csrf", ""))


def same(given: str, wanted: str) -> bool:
    return bool(wanted) and secrets.compare_digest(given.encode(), wanted.encode())


def _guard(permissions: tuple[Permission, ...], complete: bool) -> Callable[[Handler], Handler]:
    def around(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request) -> Response:
            console = console_of(request)
            await recognise(request)
            visitor = request.state.visitor
            if visitor is None:
                return _elsewhere(request, f"{ENTER}{_next(request)}")
            if complete and not visitor.session.complete:
                return _elsewhere(request, f"{FACTOR}{_next(request)}")
            if complete and visitor.must_change and request.url.path != PASSWORD:
                return _elsewhere(request, PASSWORD)
            if request.method not in _SAFE and not same(await given_token(request), visitor.session.csrf):
                raise CsrfError
            if permissions and not any(visitor.may(permission) for permission in permissions):
                await console.run(_refused, visitor, request.url.path, console.now())
                raise HTTPException(403)
            return await handler(request)

        return guarded

    return around


def _visitor(connection: Connection, console: Console, token: str, ip: str) -> Visitor | None:
    now = console.now()
    session = sessions.find(connection, token, now) if token else None
    account = accounts.find(connection, session.account_id) if session else None
    if session is None or account is None or not account.active:
        return None
    if session.complete:
        presence.seen(connection, account.id, now)
    told = presence.of(connection, account.id)
    return Visitor(account, session, token, ip, told.state if told else Presence.AWAY)


def _refused(connection: Connection, visitor: Visitor, path: str, now: float) -> None:
    detail = {"why": "permission"}
    audit.record(connection, visitor.actor, Action.ENTRY_REFUSED, f"page:{path}", now, detail=detail)


def _elsewhere(request: Request, path: str) -> Response:
    """A script that asks cannot follow to a form."""
    if request.headers.get("sec-fetch-dest") == "empty":
        return PlainTextResponse("", 401)
    return RedirectResponse(path, 303)


def _next(request: Request) -> str:
    if request.method not in _SAFE or request.url.path == "/console/":
        return ""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"?next={quote(inside(asked))}"
