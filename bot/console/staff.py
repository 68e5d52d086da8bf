"""Accounts of staff: who there is, and making new ones."""

from typing import Any

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.forms import CheckboxesField, Form, StringField, named, required
from bot.console.guard import Visitor, needs, visitor_of
from bot.staff import accounts, audit
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.passwords import one_time_password
from bot.staff.roles import Permission, Role

STAFF = "/console/staff"
_BLAMED = {"login": "error_login", "name": "error_name", "roles": "error_roles", "own": "error_own"}


class AccountForm(Form):
    name = StringField("field_name", required(120))
    roles = CheckboxesField("field_roles", choices=named(Role))

    def chosen(self) -> frozenset[Role]:
        return frozenset(Role(value) for value in self.roles.data or ())

    def blame(self, fault: ValueError) -> None:
        """Say what is wrong where it is: the message of ``bot.staff.accounts`` begins with the field."""
        subject = str(fault).partition(":")[0]
        field: Any = next((field for field in self if field.short_name == subject), self.roles)
        field.errors = [_BLAMED.get(subject, "error_field")]


class NewForm(AccountForm):
    login = StringField("field_login", required(80), description="help_login")


def routes() -> list[Route]:
    return [
        Route(STAFF, everyone, methods=["GET"]),
        Route(f"{STAFF}/new", new, methods=["GET"]),
        Route(f"{STAFF}/new", created, methods=["POST"]),
    ]


@needs(Permission.MANAGE_STAFF)
async def everyone(request: Request) -> Response:
    console = console_of(request)
    found = await console.run(accounts.everyone)
    return console.page(request, "staff.html", accounts=found)


@needs(Permission.MANAGE_STAFF)
async def new(request: Request) -> Response:
    return _page(request, NewForm(), 200)


@needs(Permission.MANAGE_STAFF)
async def created(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = NewForm(await request.form())
    if not form.validate():
        return _page(request, form, 422)
    password = one_time_password()
    try:
        made = await console.run(_create, console, visitor, form, password)
    except ValueError as fault:
        form.blame(fault)
        return _page(request, form, 422)
    return console.page(request, "staff_password.html", account=made, password=password)


def _create(
    connection: Connection, console: Console, visitor: Visitor, form: NewForm, password: str
) -> Account:
    now, roles = console.now(), form.chosen()
    made = accounts.create(
        connection, form.login.data, form.name.data, roles, password, now, must_change=True
    )
    detail = {"login": made.login, "roles": listed(roles)}
    here = f"account:{made.id}"
    audit.record(connection, visitor.actor, Action.ACCOUNT_CREATED, here, now, detail=detail)
    return made


def listed(roles: frozenset[Role]) -> str:
    """For the audit log."""
    return ",".join(sorted(role.value for role in roles))


def _page(request: Request, form: NewForm, status: int) -> Response:
    return console_of(request).page(request, "staff_new.html", status=status, form=form)
