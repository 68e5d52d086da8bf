"""Addresses in records that lead nowhere, or elsewhere for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.procedures import labels
from bot.console.upkeep import PAGE, UPKEEP, address, number, page_of, pages
from bot.console.upkeep_checking import LinkDesk, link_desk_of
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.upkeep import links_kept
from bot.upkeep.links import Found
from bot.upkeep.links_kept import TO_FIX, Link
from bot.upkeep.states import LinkState

LINKS = f"{UPKEEP}/links"
_SHOWN = 5
"""Procedures named for an address; the others are counted."""


@dataclass(frozen=True)
class Listed:
    """``codes``: of the procedures that have an address, by address; ``addresses``: how many there are."""

    links: list[Link]
    more: bool
    chosen: Link | None
    codes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    counts: Mapping[LinkState, int]
    addresses: int


def routes() -> list[Route]:
    return [
        Route(LINKS, listed, methods=["GET"]),
        Route(f"{LINKS}/check", checked, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def listed(request: Request) -> Response:
    console, page = console_of(request), page_of(request)
    asked, chosen = request.query_params.get("state", ""), request.query_params.get("of", "")
    state = next((one for one in LinkState if one.value == asked), None)
    found = await console.run(_listed, link_desk_of(request), state, chosen, page)
    return console.page(
        request,
        "upkeep_links.html",
        listed=found,
        state=state,
        states=[one for one in LinkState if found.counts[one]],
        asked=sum(found.counts.values()),
        to_fix=sum(found.counts[one] for one in TO_FIX),
        shown=_SHOWN,
        number=number,
        nightly=console.settings.link_checks,
        may_edit=visitor_of(request).may(Permission.EDIT),
        address=lambda one: address(LINKS, state=one.value if one else ""),
        pages=pages(LINKS, page, found.more, state=asked if state else ""),
    )


@needs(Permission.EDIT)
async def checked(request: Request) -> Response:
    console, visitor, desk = console_of(request), visitor_of(request), link_desk_of(request)
    url = str((await request.form()).get("url", ""))
    # Only what records say: this is no way to have anything else asked for.
    if url not in await console.run(desk.uses.read):
        raise HTTPException(404)
    if not desk.limiter.allows(visitor.account.login):
        return console.to(LINKS, of=url, fault="link_too_often")
    found = await run_in_threadpool(desk.checker.check, url)
    await console.run(_record, visitor, url, found, console.now())
    return console.to(LINKS, of=url, done="link_checked")


def _listed(
    connection: Connection, desk: LinkDesk, state: LinkState | None, chosen: str, page: int
) -> Listed:
    states = (state,) if state else TO_FIX
    links = links_kept.listed(connection, states, PAGE + 1, page * PAGE)
    one = links_kept.find(connection, chosen) if chosen else None
    uses = desk.uses.read(connection)
    codes = {link.url: uses.get(link.url, ()) for link in (*links[:PAGE], *filter(None, [one]))}
    return Listed(
        links=links[:PAGE],
        more=len(links) > PAGE,
        chosen=one,
        codes=codes,
        names=labels(connection, {code for some in codes.values() for code in some[:_SHOWN]}),
        counts=links_kept.counts(connection),
        addresses=len(uses),
    )


def _record(connection: Connection, visitor: Visitor, url: str, found: Found, now: float) -> None:
    links_kept.record(connection, url, found, now)
    detail = {"state": found.state.value, "status": found.status}
    audit.record(connection, visitor.actor, Action.LINKS_CHECKED, f"link:{url}", now, detail=detail)
