"""Coming and going: the page for login and password, and the way out."""

import re
import secrets

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.forms import Form, PasswordField, StringField, required
from bot.console.guard import (
    COOKIE,
    ENTER,
    FACTOR,
    CsrfError,
    drop_cookie,
    given_token,
    halfway,
    inside,
    ip_of,
    recognise,
    same,
    set_cookie,
    visitor_of,
)
from bot.staff import accounts, audit, presence, sessions
from bot.staff.accounts import Account, Refused
from bot.staff.actions import Action, Presence
from bot.staff.audit import Actor

# Before there is a session, the form's token must be the one of this cookie, which no other site can send.
_FORM_COOKIE = "staff_form"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class EntryForm(Form):
    login = StringField("field_login", required(80))
    password = PasswordField("field_password", required(256))


def routes() -> list[Route]:
    return [
        Route(ENTER, enter, methods=["GET"]),
        Route(ENTER, entered, methods=["POST"]),
        Route("/console/leave", leave, methods=["POST"]),
    ]


async def enter(request: Request) -> Response:
    await recognise(request)
    visitor = request.state.visitor
    if visitor and visitor.session.complete:
        return console_of(request).to(inside(request.query_params.get("next", "")))
    return _page(request, EntryForm(), 200)


async def entered(request: Request) -> Response:
    console = console_of(request)
    if not same(await given_token(request), request.cookies.get(_FORM_COOKIE, "")):
        raise CsrfError
    form = EntryForm(await request.form())
    if not form.validate():
        return _page(request, form, 422)
    old = request.cookies.get(COOKIE, "")
    token = await console.run(_enter, console, form.login.data, form.password.data, ip_of(request), old)
    if token is None:
        form.password.errors = ["error_entry"]
        return _page(request, form, 422)
    wanted = inside(request.query_params.get("next", ""))
    response = console.to(FACTOR, next=wanted)
    set_cookie(request, response, COOKIE, token)
    drop_cookie(request, response, _FORM_COOKIE)
    return response


@halfway
async def leave(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> None:
        sessions.end(connection, visitor.token)
        if visitor.session.complete:
            presence.tell(connection, visitor.account.id, Presence.AWAY, console.now())
            here = f"account:{visitor.account.id}"
            audit.record(connection, visitor.actor, Action.LEFT, here, console.now())

    await console.run(work)
    response = console.to(ENTER, done="left")
    drop_cookie(request, response, COOKIE)
    return response


def _enter(
    connection: Connection, console: Console, login: str, password: str, ip: str, old: str
) -> str | None:
    """The token of a session that waits for the second factor."""
    now = console.now()
    found = accounts.enter(connection, login, password, now)
    if isinstance(found, Account):
        sessions.drop_expired(connection, now)
        sessions.end(connection, old)
        return sessions.open_session(connection, found.id, ip, now)
    known = accounts.by_login(connection, login)
    actor = Actor(known.id if known else None, accounts.spell(login), ip)
    action = Action.LOCKED_OUT if found is Refused.LOCKED else Action.ENTRY_REFUSED
    audit.record(connection, actor, action, "page:enter", now, detail={"why": found.value})
    return None


def _page(request: Request, form: EntryForm, status: int) -> Response:
    # The same for a second tab, whose form would make that of the first one worthless.
    known = request.cookies.get(_FORM_COOKIE, "")
    token = known if _TOKEN.fullmatch(known) else secrets.token_urlsafe(24)
    console = console_of(request)
    provided = console.provider is not None
    response = console.page(request, "enter.html", status=status, form=form, csrf=token, provided=provided)
    set_cookie(request, response, _FORM_COOKIE, token)
    return response
