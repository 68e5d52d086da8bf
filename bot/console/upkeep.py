"""Work lists of the catalogue: what to compare with its source, what ends soon, what disagrees."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.enums import Handler
from bot.console.catalogue import day_text, logins_of, today_of
from bot.console.context import console_of
from bot.console.guard import needs
from bot.console.listing import number_of
from bot.staff.roles import Permission
from bot.steering.freshness import AHEAD_DAYS, FRESH_DAYS
from bot.upkeep import disputed
from bot.upkeep.demand import DEMAND_DAYS
from bot.upkeep.expiring import Term, endings
from bot.upkeep.stale import shares, stale, total

UPKEEP = "/console/upkeep"
PAGE = 50
_MOST_PAGES = 1_000


def routes() -> list[Route]:
    return [
        Route(UPKEEP, unchecked, methods=["GET"]),
        Route(f"{UPKEEP}/expiring", expiring, methods=["GET"]),
        Route(f"{UPKEEP}/contradictions", contradictions, methods=["GET"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def unchecked(request: Request) -> Response:
    console, page = console_of(request), page_of(request)
    asked = request.query_params.get("handler", "")
    handler = next((one for one in Handler if one.value == asked), None)
    today, now = today_of(console), console.now()
    lines = await console.run(stale, today, now, handler, PAGE + 1, page * PAGE)
    found = await console.run(shares, today, now)
    return console.page(
        request,
        "upkeep.html",
        lines=lines[:PAGE],
        shares=found,
        total=total(found),
        handler=handler,
        number=number,
        logins=await console.run(logins_of),
        day=day_text,
        days=FRESH_DAYS,
        demand_days=DEMAND_DAYS,
        address=lambda one: address(UPKEEP, handler=one.value if one else ""),
        pages=pages(UPKEEP, page, len(lines) > PAGE, handler=asked if handler else ""),
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def expiring(request: Request) -> Response:
    console = console_of(request)
    found = await console.run(endings, today_of(console), console.now())
    return console.page(
        request,
        "upkeep_expiring.html",
        found=found,
        over=sum(one.over for one in found),
        amendment=Term.AMENDMENT,
        days=AHEAD_DAYS,
        day=day_text,
        demand_days=DEMAND_DAYS,
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def contradictions(request: Request) -> Response:
    console, page, path = console_of(request), page_of(request), f"{UPKEEP}/contradictions"
    asked = request.query_params.get("kind", "")
    kind = next((one for one in ContradictionKind if one.value == asked), None)
    lines = await console.run(disputed.disputed, console.now(), kind, PAGE + 1, page * PAGE)
    kinds = await console.run(disputed.kinds)
    return console.page(
        request,
        "upkeep_contradictions.html",
        lines=lines[:PAGE],
        kinds=kinds,
        total=sum(kinds.values()),
        number=number,
        kind=kind,
        demand_days=DEMAND_DAYS,
        address=lambda one: address(path, kind=one.value if one else ""),
        pages=pages(path, page, len(lines) > PAGE, kind=asked if kind else ""),
    )


def number(value: int) -> str:
    """As it is written in Vietnamese: 4.859."""
    return f"{value:,}".replace(",", ".")


def page_of(request: Request) -> int:
    """Number of the page asked for, from 0."""
    return min(number_of(request.query_params.get("page", "")) or 0, _MOST_PAGES)


def pages(path: str, page: int, more: bool, **query: str) -> tuple[str, str]:
    """Addresses of the page before and of the next one; empty where there is none."""
    before = address(path, **query, page=str(page - 1) if page > 1 else "") if page else ""
    return before, address(path, **query, page=str(page + 1)) if more else ""


def address(path: str, **query: str) -> str:
    """With what is given of a query."""
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
