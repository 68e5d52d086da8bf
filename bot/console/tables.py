"""Plain tables: read, searched, and changed with care. What ships with the project is changed by two."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import shared_rows
from bot.amendments.shared_rows import RowChange, TableError
from bot.catalogue.agencies import AgencyKind
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.importing.shared_rows import standing_row
from bot.catalogue.shared_tables import ChangeState, key_of
from bot.catalogue.statistics import CountedUnit
from bot.catalogue.tables_changes import contradiction_seen
from bot.catalogue.tables_context import contradiction
from bot.catalogue.units import Extent, UnitType
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
from bot.upkeep.states import Need, OrderState

_LONGEST_NOTE = 500
_NAMED: dict[str, tuple[type[Enum], ...]] = {
    "kind": (AgencyKind, ContradictionKind),
    "type": (UnitType,),
    "share": (Extent,),
    "unit": (CountedUnit,),
    "need": (Need,),
    "state": (OrderState,),
}


@dataclass(frozen=True)
class Seen:
    """``login`` looked at a contradiction and says ``note``."""

    login: str
    at: float
    note: str


def routes() -> list[Route]:
    change, row = f"{TABLES}/changes/{{change_id:int}}", f"{TABLES}/{{identity}}/{{pk}}"
    return [
        Route(TABLES, everything, methods=["GET"]),
        Route(change, shown, methods=["GET"]),
        Route(f"{change}/approve", approved, methods=["POST"]),
        Route(f"{change}/refuse", refused, methods=["POST"]),
        Route(f"{change}/withdraw", withdrawn, methods=["POST"]),
        Route(f"{change}/revert", reverted, methods=["POST"]),
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
    console, library = console_of(request), _library(request)

    def work(connection: Connection) -> tuple[list[RowChange], list[RowChange], dict[int, str]]:
        return shared_rows.waiting(connection), shared_rows.standing(connection), _logins(connection)

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
    return await _called(request, _library(request).list)


@needs(Permission.EDIT, Permission.APPROVE)
async def one_row(request: Request) -> Response:
    console, view, row_id = console_of(request), _view(request), _row_id(request)

    def work(connection: Connection) -> dict[str, Any]:
        history = _history(connection, view, row_id)
        return {"history": history, "logins": _logins(connection), "seen": _seen(connection, view, row_id)}

    more = await console.run(work)
    request.state.more = {**more, "may_edit": visitor_of(request).may(Permission.EDIT) and view.can_edit}
    return await _called(request, _library(request).details)


@needs(Permission.EDIT)
async def edited(request: Request) -> Response:
    _row_id(request)
    if not _view(request).can_edit:
        raise HTTPException(404)
    return await _called(request, _library(request).edit)


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


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    change = await _change(request)

    def work(connection: Connection) -> tuple[dict[str, Any] | None, dict[int, str]]:
        return standing_row(connection, change.table, change.key), _logins(connection)

    row, logins = await console.run(work)
    view = next(
        one for one in _library(request).views if isinstance(one, SharedView) and one.table is change.table
    )
    return console.page(
        request,
        "table_change.html",
        change=change,
        row=row,
        view=view,
        logins=logins,
        labels=LABELS,
        cell=_cells(console),
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


async def _called(request: Request, handler: Callable[[Request], Awaitable[Response]]) -> Response:
    """A handler of the library, with what our templates need besides."""
    console, view = console_of(request), _view(request)
    more = {"labels": LABELS, "cell": _cells(console), "tables": TABLES, "view": view}
    request.state.more = {**getattr(request.state, "more", {}), **more}
    return await handler(request)


def _cells(console: Console) -> Callable[[Any, str], str]:
    """Draws a value of a row or of a change."""

    def cell(row: Any, name: str) -> str:
        value = row.get(name) if isinstance(row, dict) else getattr(row, name)
        for kind in _NAMED.get(name, ()):
            member = next((one for one in kind if one.value == value), None)
            if member is not None:
                return console.texts.name(member)
        if isinstance(value, bool):
            return console.say("table_yes") if value else console.say("table_no")
        if isinstance(value, datetime):
            return console.stamp(value.timestamp())
        if isinstance(value, float) and name.endswith("_at"):
            return console.stamp(value)
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y")
        if isinstance(value, list):
            return "; ".join(_part(one) for one in value)
        return "" if value is None else str(value)

    return cell


def _part(value: Any) -> str:
    return f"{value['name']}: {value['value']}" if isinstance(value, dict) and "name" in value else str(value)


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
    return Seen(_logins(connection).get(row.account_id, ""), row.at, row.note) if row else None


async def _change(request: Request) -> RowChange:
    number = number_of(str(request.path_params["change_id"]))
    found = await console_of(request).run(shared_rows.find, number) if number is not None else None
    if found is None:
        raise HTTPException(404)
    return found


def _library(request: Request) -> Library:
    found = request.app.state.library
    assert isinstance(found, Library)
    return found


def _view(request: Request) -> PlainView:
    """404 for a table that is none of these."""
    for view in _library(request).views:
        if isinstance(view, PlainView) and view.identity == request.path_params["identity"]:
            return view
    raise HTTPException(404)


def _row_id(request: Request) -> int:
    """404 for a number the database has no room for."""
    number = number_of(str(request.path_params["pk"]))
    if number is None:
        raise HTTPException(404)
    return number


def _logins(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}
