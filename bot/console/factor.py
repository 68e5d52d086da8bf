"""The second factor: a code of an authenticator app at each entry, and setting the app up at the first."""

import json

from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.forms import Form, StringField, required
from bot.console.guard import COOKIE, FACTOR, Visitor, halfway, inside, set_cookie, visitor_of
from bot.staff import accounts, audit, sessions
from bot.staff.actions import Action
from bot.staff.second_factor import Setup

_NEW = "/console/factor/new"
_SETUP_SECONDS = 600
_PURPOSE = "factor"


class CodeForm(Form):
    code = StringField("field_code", required(12))


def routes() -> list[Route]:
    return [
        Route(FACTOR, ask, methods=["GET"]),
        Route(FACTOR, given, methods=["POST"]),
        Route(_NEW, propose, methods=["GET"]),
        Route(_NEW, confirmed, methods=["POST"]),
    ]


@halfway
async def ask(request: Request) -> Response:
    return _other(request, wants_factor=True) or _ask(request, CodeForm(), 200)


@halfway
async def given(request: Request) -> Response:
    if other := _other(request, wants_factor=True):
        return other
    console, visitor = console_of(request), visitor_of(request)
    form = CodeForm(await request.form())
    if not form.validate():
        return _ask(request, form, 422)
    token = await console.run(_check, console, visitor, form.code.data)
    if token is not None:
        return _in(request, token)
    form.code.errors = ["error_code"]
    return _ask(request, form, 422)


@halfway
async def propose(request: Request) -> Response:
    if other := _other(request, wants_factor=False):
        return other
    setup = console_of(request).factor.propose(visitor_of(request).account.login)
    return _propose(request, setup, CodeForm(), 200)


@halfway
async def confirmed(request: Request) -> Response:
    if other := _other(request, wants_factor=False):
        return other
    console, visitor = console_of(request), visitor_of(request)
    posted = await request.form()
    setup = _unsealed(console, visitor, str(posted.get("setup", "")))
    if setup is None:
        return console.to(_NEW)
    form = CodeForm(posted)
    if not form.validate():
        return _propose(request, setup, form, 422)
    token = await console.run(_confirm, console, visitor, setup.secret, form.code.data)
    if token is not None:
        return _in(request, token)
    form.code.errors = ["error_code"]
    return _propose(request, setup, form, 422)


def _check(connection: Connection, console: Console, visitor: Visitor, code: str) -> str | None:
    now = console.now()
    if console.factor.check(connection, visitor.account.id, code, now):
        return _complete(connection, visitor, now)
    locked = accounts.locked_until(connection, visitor.account.id) > now
    action = Action.LOCKED_OUT if locked else Action.ENTRY_REFUSED
    audit.record(connection, visitor.actor, action, "page:factor", now, detail={"why": "code"})
    return None


def _confirm(
    connection: Connection, console: Console, visitor: Visitor, secret: str, code: str
) -> str | None:
    now = console.now()
    if not console.factor.confirm(connection, visitor.account.id, secret, code, now):
        return None
    audit.record(connection, visitor.actor, Action.FACTOR_SET, f"account:{visitor.account.id}", now)
    return _complete(connection, visitor, now)


def _complete(connection: Connection, visitor: Visitor, now: float) -> str:
    token = sessions.complete(connection, visitor.token, now)
    audit.record(connection, visitor.actor, Action.ENTERED, f"account:{visitor.account.id}", now)
    return token


def _in(request: Request, token: str) -> Response:
    response = console_of(request).to(inside(request.query_params.get("next", "")))
    set_cookie(request, response, COOKIE, token)
    return response


def _other(request: Request, wants_factor: bool) -> Response | None:
    """Where somebody belongs who is at the wrong one of the pages; None where they are right."""
    console, visitor = console_of(request), visitor_of(request)
    if visitor.session.complete:
        return console.to("/console/")
    if visitor.account.has_factor == wants_factor:
        return None
    path = FACTOR if visitor.account.has_factor else _NEW
    return console.to(path, next=inside(request.query_params.get("next", "")))


def _ask(request: Request, form: CodeForm, status: int) -> Response:
    return console_of(request).page(request, "factor.html", status=status, form=form)


def _propose(request: Request, setup: Setup, form: CodeForm, status: int) -> Response:
    console = console_of(request)
    carried = json.dumps([_PURPOSE, visitor_of(request).account.id, setup.secret, setup.uri])
    sealed = console.seal.encrypt(carried.encode()).decode()
    return console.page(request, "factor_new.html", status=status, form=form, setup=setup, sealed=sealed)


def _unsealed(console: Console, visitor: Visitor, sealed: str) -> Setup | None:
    """What the page proposed to this account within the last ten minutes."""
    try:
        purpose, owner, *setup = json.loads(console.seal.decrypt(sealed.encode(), ttl=_SETUP_SECONDS))
    except (InvalidToken, TypeError, ValueError):
        return None
    return Setup(*setup) if (purpose, owner) == (_PURPOSE, visitor.account.id) else None
