"""Changes of shared tables: looked at, decided on by somebody else, and taken back."""

from typing import Any

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import shared_rows
from bot.amendments.shared_rows import RowChange, TableError
from bot.catalogue.importing.shared_rows import standing_row
from bot.catalogue.shared_tables import ChangeState
from bot.console.admin.cells import cells
from bot.console.admin.labels import LABELS
from bot.console.admin.library import TABLES
from bot.console.admin.views import SharedView
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.listing import number_of
from bot.console.tables import library_of, logins_of
from bot.staff.roles import Permission

_LONGEST_NOTE = 500


def routes() -> list[Route]:
    change = f"{TABLES}/changes/{{change_id:int}}"
    return [
        Route(change, shown, methods=["GET"]),
        Route(f"{change}/approve", approved, methods=["POST"]),
        Route(f"{change}/refuse", refused, methods=["POST"]),
        Route(f"{change}/withdraw", withdrawn, methods=["POST"]),
        Route(f"{change}/revert", reverted, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    change = await _change(request)

    def work(connection: Connection) -> tuple[dict[str, Any] | None, dict[int, str]]:
        return standing_row(connection, change.table, change.key), logins_of(connection)

    row, logins = await console.run(work)
    view = next(
        one for one in library_of(request).views if isinstance(one, SharedView) and one.table is change.table
    )
    return console.page(
        request,
        "table_change.html",
        change=change,
        row=row,
        view=view,
        logins=logins,
        labels=LABELS,
        cell=cells(console),
        proposed=change.state is ChangeState.PROPOSED,
        in_force=change.state is ChangeState.IN_FORCE,
        may_approve=visitor.may(Permission.APPROVE),
        own=visitor.account.id,
    )


@needs(Permission.APPROVE)
async def approved(request: Request) -> Response:
    return await _decide(request, True)


@needs(Permission.APPROVE)
async def refused(request: Request) -> Response:
    return await _decide(request, False)


@needs(Permission.EDIT)
async def withdrawn(request: Request) -> Response:
    console, change = console_of(request), await _change(request)
    path = f"{TABLES}/changes/{change.id}"
    if not await console.run(shared_rows.withdraw, visitor_of(request).actor, change.id, console.now()):
        return console.to(path, fault="table_decided")
    return console.to(path, done="table_withdrawn")


@needs(Permission.APPROVE)
async def reverted(request: Request) -> Response:
    console, change = console_of(request), await _change(request)
    path, actor = f"{TABLES}/changes/{change.id}", visitor_of(request).actor
    reason = str((await request.form()).get("reason", ""))[:_LONGEST_NOTE]
    try:
        done = await console.run(shared_rows.revert, actor, change.id, reason, console.now())
    except TableError:
        return console.to(path, fault="reason")
    return console.to(path, done="table_reverted") if done else console.to(path, fault="table_decided")


async def _decide(request: Request, approve: bool) -> Response:
    console, change = console_of(request), await _change(request)
    path, actor = f"{TABLES}/changes/{change.id}", visitor_of(request).actor
    comment = str((await request.form()).get("comment", ""))[:_LONGEST_NOTE]
    try:
        decided = await console.run(shared_rows.decide, actor, change.id, approve, comment, console.now())
    except TableError as error:
        if error.fault is shared_rows.TableFault.OWN:
            return console.to(path, fault="four_eyes")
        return console.to(path, fault="table_outdated")
    if not decided:
        return console.to(path, fault="table_decided")
    return console.to(path, done="table_approved") if approve else console.to(path, done="table_refused")


async def _change(request: Request) -> RowChange:
    number = number_of(str(request.path_params["change_id"]))
    found = await console_of(request).run(shared_rows.find, number) if number is not None else None
    if found is None:
        raise HTTPException(404)
    return found
