"""One account of staff: name, roles, whether it is in use, and what to do when somebody cannot get in."""

from collections.abc import Callable

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.forms import BooleanField, Form, StringField, required
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.staff import STAFF, AccountForm, listed
from bot.staff import accounts, audit, sessions
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.chain import Detail
from bot.staff.passwords import one_time_password
from bot.staff.roles import Permission

_ONE = f"{STAFF}/{{account_id:int}}"


class ChangeForm(AccountForm):
    active = BooleanField("field_active")


class HelpForm(Form):
    reason = StringField("field_reason", required(300))


def routes() -> list[Route]:
    return [
        Route(_ONE, account, methods=["GET"]),
        Route(_ONE, changed, methods=["POST"]),
        Route(f"{_ONE}/password", reset, methods=["POST"]),
        Route(f"{_ONE}/factor", dropped, methods=["POST"]),
        Route(f"{_ONE}/unlock", unlocked, methods=["POST"]),
        Route(f"{_ONE}/sessions", ended, methods=["POST"]),
    ]


@needs(Permission.MANAGE_STAFF)
async def account(request: Request) -> Response:
    return await _page(request)


@needs(Permission.MANAGE_STAFF)
async def changed(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = ChangeForm(await request.form())
    if not form.validate():
        return await _page(request, form)
    try:
        await console.run(_change, console, visitor, await _asked(request), form)
    except ValueError as fault:
        form.blame(fault)
        return await _page(request, form)
    return console.to(request.url.path, done="account")


@needs(Permission.MANAGE_STAFF)
async def reset(request: Request) -> Response:
    password = one_time_password()

    def work(connection: Connection, console: Console, found: Account) -> Action:
        accounts.set_password(connection, found.id, password, console.now(), must_change=True)
        sessions.end_all(connection, found.id)
        return Action.PASSWORD_CHANGED

    other = await _help(request, work)
    if other.status_code != 303:
        return other
    found = await _asked(request)
    return console_of(request).page(request, "staff_password.html", account=found, password=password)


@needs(Permission.MANAGE_STAFF)
async def dropped(request: Request) -> Response:
    def work(connection: Connection, console: Console, found: Account) -> Action:
        console.factor.drop(connection, found.id)
        sessions.end_all(connection, found.id)
        return Action.ACCOUNT_CHANGED

    return await _help(request, work, detail="factor_dropped")


@needs(Permission.MANAGE_STAFF)
async def unlocked(request: Request) -> Response:
    def work(connection: Connection, _console: Console, found: Account) -> Action:
        accounts.unlock(connection, found.id)
        return Action.ACCOUNT_CHANGED

    return await _help(request, work, detail="unlocked")


@needs(Permission.MANAGE_STAFF)
async def ended(request: Request) -> Response:
    def work(connection: Connection, _console: Console, found: Account) -> Action:
        sessions.end_all(connection, found.id)
        return Action.SESSION_ENDED

    return await _help(request, work)


def _change(
    connection: Connection, console: Console, visitor: Visitor, before: Account, form: ChangeForm
) -> None:
    roles, active = form.chosen(), bool(form.active.data)
    if before.id == visitor.account.id and (roles, active) != (before.roles, before.active):
        raise ValueError("own: nobody gives roles to themselves")
    after = accounts.change(connection, before.id, form.name.data, roles, active)
    if not active:
        sessions.end_all(connection, before.id)
    detail: Detail = {
        "roles_before": listed(before.roles),
        "roles": listed(after.roles),
        "active_before": before.active,
        "active": after.active,
        "renamed": before.name != after.name,
    }
    here = f"account:{before.id}"
    audit.record(connection, visitor.actor, Action.ACCOUNT_CHANGED, here, console.now(), detail=detail)


async def _help(
    request: Request, work: Callable[[Connection, Console, Account], Action], detail: str = ""
) -> Response:
    """Do what somebody who cannot get in needs, with the reason that was given."""
    console, visitor = console_of(request), visitor_of(request)
    form = HelpForm(await request.form())
    if not form.validate():
        return await _page(request, helping=form)
    found = await _asked(request)

    def transaction(connection: Connection) -> None:
        action = work(connection, console, found)
        facts: Detail = {"what": detail} if detail else {}
        here = f"account:{found.id}"
        now, reason = console.now(), form.reason.data
        audit.record(connection, visitor.actor, action, here, now, reason=reason, detail=facts)

    await console.run(transaction)
    return console.to(f"{STAFF}/{found.id}", done="account")


async def _asked(request: Request) -> Account:
    found = await console_of(request).run(accounts.find, request.path_params["account_id"])
    if found is None:
        raise HTTPException(404)
    return found


async def _page(
    request: Request, form: ChangeForm | None = None, helping: HelpForm | None = None
) -> Response:
    console = console_of(request)
    found = await _asked(request)
    locked_until = await console.run(accounts.locked_until, found.id)
    status = 422 if form or helping else 200
    if form is None:
        form = ChangeForm(name=found.name, roles=[role.value for role in found.roles], active=found.active)
    return console.page(
        request,
        "staff_account.html",
        status=status,
        account=found,
        form=form,
        helping=helping or HelpForm(),
        own=found.id == visitor_of(request).account.id,
        locked_until=locked_until if locked_until > console.now() else None,
    )
