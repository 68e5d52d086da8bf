"""Filters of the review list that a member of staff keeps under a name."""

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.listing import REVIEW, address, number_of
from bot.reviews.filters import Filter
from bot.reviews.saved import drop_filter, save_filter, saved_filters
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.text import clean

_FILTERS = "/console/filters"


def routes() -> list[Route]:
    return [
        Route(_FILTERS, kept, methods=["GET"]),
        Route(_FILTERS, saved, methods=["POST"]),
        Route(f"{_FILTERS}/{{number}}/drop", dropped, methods=["POST"]),
    ]


@needs(Permission.REVIEW)
async def kept(request: Request) -> Response:
    console = console_of(request)
    found = await console.run(saved_filters, visitor_of(request).account.id)
    return console.page(request, "filters.html", saved=found, filtered=lambda chosen: address(REVIEW, chosen))


@needs(Permission.REVIEW)
async def saved(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = await request.form()
    wanted = Filter.of({name: str(value) for name, value in form.items()})
    name = clean(str(form.get("name", "")))

    def work(connection: Connection) -> None:
        now = console.now()
        save_filter(connection, visitor.account.id, name, wanted, now)
        here = f"account:{visitor.account.id}"
        audit.record(connection, visitor.actor, Action.FILTER_SAVED, here, now, detail=dict(wanted.query()))

    try:
        await console.run(work)
    except ValueError:
        return console.to(REVIEW, **wanted.query(), fault="filter")
    return console.to(REVIEW, **wanted.query(), done="filter")


@needs(Permission.REVIEW)
async def dropped(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    number = number_of(request.path_params["number"])

    def work(connection: Connection) -> bool:
        if number is None or not drop_filter(connection, visitor.account.id, number):
            return False
        here, detail = f"account:{visitor.account.id}", {"dropped": number}
        audit.record(connection, visitor.actor, Action.FILTER_SAVED, here, console.now(), detail=detail)
        return True

    if not await console.run(work):
        raise HTTPException(404)
    return console.to(_FILTERS, done="filter_dropped")
