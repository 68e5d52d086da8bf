"""Changing my own password; whoever got a one-time password comes nowhere else before."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import my_sessions
from bot.console.context import Console, console_of
from bot.console.forms import Form, PasswordField, required
from bot.console.guard import PASSWORD, Visitor, needs, visitor_of
from bot.staff import accounts, audit
from bot.staff.accounts import Account, Refused
from bot.staff.actions import Action
from bot.staff.strength import is_weak


class PasswordForm(Form):
    current = PasswordField("field_password_current", required(256))
    fresh = PasswordField("field_password_fresh", required(256), description="help_password")
    again = PasswordField("field_password_again", required(256))


def routes() -> list[Route]:
    return [Route(PASSWORD, ask, methods=["GET"]), Route(PASSWORD, given, methods=["POST"])]


@needs()
async def ask(request: Request) -> Response:
    return _page(request, PasswordForm(), 200)


@needs()
async def given(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = PasswordForm(await request.form())
    if not form.validate():
        return _page(request, form, 422)
    if form.fresh.data != form.again.data:
        form.again.errors = ["error_password_again"]
    elif is_weak(form.fresh.data, visitor.account.login):
        form.fresh.errors = ["error_password_weak"]
    elif form.fresh.data == form.current.data:
        form.fresh.errors = ["error_password_same"]
    elif await console.run(_change, console, visitor, form.current.data, form.fresh.data):
        return console.to("/console/" if visitor.must_change else "/console/me", done="password")
    else:
        form.current.errors = ["error_password_current"]
    return _page(request, form, 422)


def _change(connection: Connection, console: Console, visitor: Visitor, current: str, fresh: str) -> bool:
    """Whether the current password was right. Guesses at it count like those at the door."""
    now, account_id = console.now(), visitor.account.id
    found = accounts.enter(connection, visitor.account.login, current, now)
    if not isinstance(found, Account):
        action = Action.LOCKED_OUT if found is Refused.LOCKED else Action.ENTRY_REFUSED
        detail = {"why": found.value}
        audit.record(connection, visitor.actor, action, "page:password", now, detail=detail)
        return False
    accounts.set_password(connection, account_id, fresh, now)
    my_sessions.end_others(connection, account_id, visitor.token)
    audit.record(connection, visitor.actor, Action.PASSWORD_CHANGED, f"account:{account_id}", now)
    return True


def _page(request: Request, form: PasswordForm, status: int) -> Response:
    forced = visitor_of(request).must_change
    return console_of(request).page(request, "password.html", status=status, form=form, forced=forced)
