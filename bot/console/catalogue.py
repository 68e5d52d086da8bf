"""The catalogue for its editors: found by words or filters, page by page."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import proposals
from bot.amendments.proposals import Amendment
from bot.catalogue.enums import Handler, LevelValue, Scope
from bot.console.catalogue_index import Finder
from bot.console.catalogue_query import FRESH_DAYS, NO_LEVEL, PAGE, Found, Wanted, find_lines
from bot.console.context import Console, console_of
from bot.console.guard import needs
from bot.console.listing import number_of, zone_of
from bot.console.procedures import fields, labels
from bot.staff import accounts
from bot.staff.roles import Permission

CATALOGUE = "/console/catalogue"
_WAITING_SHOWN = 20


@dataclass(frozen=True)
class Listed:
    """One page. ``waiting``: changes that wait for a decision, the oldest first."""

    found: Found
    fields: list[str]
    waiting: list[Amendment]
    names: dict[str, str]
    logins: dict[int, str]


def routes() -> list[Route]:
    return [Route(CATALOGUE, catalogue, methods=["GET"])]


@needs(Permission.EDIT, Permission.APPROVE)
async def catalogue(request: Request) -> Response:
    console, finder = console_of(request), request.app.state.finder
    assert isinstance(finder, Finder)
    wanted = Wanted.of(request.query_params)
    page = number_of(request.query_params.get("page", "")) or 0
    likely = await finder.codes(wanted.words) if wanted.words else ()
    listed = await console.run(_listed, wanted, likely, today_of(console), page)

    def address(number: int) -> str:
        query = {**wanted.query(), **({"page": str(number)} if number else {})}
        return f"{CATALOGUE}?{urlencode(query)}" if query else CATALOGUE

    return console.page(
        request,
        "catalogue.html",
        wanted=wanted,
        query=wanted.query(),
        listed=listed,
        lines=listed.found.lines,
        total=f"{listed.found.total:,}".replace(",", "."),
        first=page * PAGE + 1,
        newer=address(page - 1) if page else "",
        older=address(page + 1) if listed.found.total > (page + 1) * PAGE else "",
        handlers=list(Handler),
        scopes=list(Scope),
        levels=list(LevelValue),
        no_level=NO_LEVEL,
        fresh_days=FRESH_DAYS,
        day=day_text,
    )


def today_of(console: Console) -> date:
    """Where the citizens are."""
    return datetime.fromtimestamp(console.now(), zone_of(console)).date()


def day_text(day: date | None) -> str:
    """dd/MM/yyyy; empty for None."""
    return day.strftime("%d/%m/%Y") if day else ""


def iso_day_text(day: str | None) -> str:
    """The same for an ISO day."""
    return day_text(date.fromisoformat(day)) if day else ""


def _listed(
    connection: Connection, wanted: Wanted, likely: tuple[str, ...], today: date, page: int
) -> Listed:
    waiting = proposals.waiting(connection)[:_WAITING_SHOWN]
    return Listed(
        found=find_lines(connection, wanted, likely, today, page),
        fields=fields(connection),
        waiting=waiting,
        names=labels(connection, {one.code for one in waiting}),
        logins=logins_of(connection),
    )


def logins_of(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}
