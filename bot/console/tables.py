"""Plain tables: read, searched, and changed with care. What ships with the project is changed by two."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import shared_rows
from bot.amendments.shared_rows import RowChange
from bot.catalogue.shared_tables import key_of
from bot.catalogue.tables_changes import contradiction_seen
from bot.catalogue.tables_context import contradiction
from bot.console.admin.cells import cells
from bot.console.admin.labels import LABELS
from bot.console.admin.library import TABLES, Library
from bot.console.admin.views import PlainView, SharedView, views
from bot.console.context import Console, console_of
from bot.console.guard import needs, visitor_of
from bot.console.listing import number_of
from bot.database import insert_once
from bot.staff import accounts, audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.text import mask

_LONGEST_NOTE = 500


@dataclass(frozen=True)
class Seen:
    """``login`` looked at a contradiction and says ``note``."""

    login: str
    at: float
    note: str


def routes() -> list[Route]:
    row = f"{TABLES}/{{identity}}/{{pk}}"
    return [
        Route(TABLES, everything, methods=["GET"]),
        Route(f"{TABLES}/contradiction/{{pk}}/seen", seen, methods=["POST"]),
        Route(f"{TABLES}/{{identity}}", table, methods=["GET"]),
        Route(row, one_row, methods=["GET"]),
        Route(f"{row}/edit", edited, methods=["GET", "POST"]),
    ]


def open_library(console: Console) -> Library:
    """With all tables in it."""
    library = Library(console)
    for view in views(console):
        library.add_view(view)
    return library


@needs(Permission.EDIT, Permission.APPROVE)
async def everything(request: Request) -> Response:
    console, library = console_of(request), library_of(request)

    def work(connection: Connection) -> tuple[list[RowChange], list[RowChange], dict[int, str]]:
        return shared_rows.waiting(connection), shared_rows.standing(connection), logins_of(connection)

    waiting, standing, logins = await console.run(work)
    titles = {view.table: view.title for view in library.views if isinstance(view, SharedView)}
    return console.page(
        request,
        "tables.html",
        tables=library.views,
        waiting=waiting,
        standing=standing,
        logins=logins,
        titles=titles,
        labels=LABELS,
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def table(request: Request) -> Response:
    return await _called(request, library_of(request).list)


@needs(Permission.EDIT, Permission.APPROVE)
async def one_row(request: Request) -> Response:
    console, view, row_id = console_of(request), _view(request), _row_id(request)

    def work(connection: Connection) -> dict[str, Any]:
        history = _history(connection, view, row_id)
        return {"history": history, "logins": logins_of(connection), "seen": _seen(connection, view, row_id)}

    more = await console.run(work)
    request.state.more = {**more, "may_edit": visitor_of(request).may(Permission.EDIT) and view.can_edit}
    return await _called(request, library_of(request).details)


@needs(Permission.EDIT)
async def edited(request: Request) -> Response:
    _row_id(request)
    if not _view(request).can_edit:
        raise HTTPException(404)
    return await _called(request, library_of(request).edit)


@needs(Permission.EDIT)
async def seen(request: Request) -> Response:
    """Say what is to be thought of a contradiction; the first word stands."""
    console, visitor = console_of(request), visitor_of(request)
    number = number_of(str(request.path_params["pk"]))
    note = mask(str((await request.form()).get("note", "")).strip())[:_LONGEST_NOTE]

    def work(connection: Connection) -> bool:
        known = select(func.count()).where(contradiction.c.id == number)
        if number is None or not connection.execute(known).scalar_one():
            raise HTTPException(404)
        now = console.now()
        values = {"contradiction_id": number, "account_id": visitor.account.id, "at": now, "note": note}
        if not insert_once(connection, contradiction_seen, values):
            return False
        here, detail = f"table:contradiction:{number}", {"deed": "seen"}
        audit.record(connection, visitor.actor, Action.TABLE_CHANGED, here, now, note, detail)
        return True

    path = f"{TABLES}/contradiction/{number}"
    if not note:
        return console.to(path, fault="reason")
    if not await console.run(work):
        return console.to(path, fault="contradiction_seen")
    return console.to(path, done="contradiction_seen")


async def _called(request: Request, handler: Callable[[Request], Awaitable[Response]]) -> Response:
    """A handler of the library, with what our templates need besides."""
    console, view = console_of(request), _view(request)
    more = {"labels": LABELS, "cell": cells(console), "tables": TABLES, "view": view}
    request.state.more = {**getattr(request.state, "more", {}), **more}
    return await handler(request)


def _history(connection: Connection, view: PlainView, row_id: int) -> list[RowChange]:
    if not isinstance(view, SharedView):
        return []
    row = connection.execute(select(view.model).where(view.model.id == row_id)).mappings().one_or_none()
    return shared_rows.history(connection, view.table, key_of(view.table, row)) if row else []


def _seen(connection: Connection, view: PlainView, row_id: int) -> Seen | None:
    if view.identity != "contradiction":
        return None
    query = select(contradiction_seen).where(contradiction_seen.c.contradiction_id == row_id)
    row = connection.execute(query).one_or_none()
    return Seen(logins_of(connection).get(row.account_id, ""), row.at, row.note) if row else None


def library_of(request: Request) -> Library:
    found = request.app.state.library
    assert isinstance(found, Library)
    return found


def _view(request: Request) -> PlainView:
    """404 for a table that is none of these."""
    for view in library_of(request).views:
        if isinstance(view, PlainView) and view.identity == request.path_params["identity"]:
            return view
    raise HTTPException(404)


def _row_id(request: Request) -> int:
    """404 for a number the database has no room for."""
    number = number_of(str(request.path_params["pk"]))
    if number is None:
        raise HTTPException(404)
    return number


def logins_of(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}
