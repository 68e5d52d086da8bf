"""Entering through the province's log-in provider, in place of the password; the second factor stays."""

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import COOKIE, ENTER, FACTOR, ip_of, set_cookie
from bot.staff import accounts, audit, sessions
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.oidc import LoginError, Provider

_OIDC = "/console/oidc"
_BACK = f"{_OIDC}/back"
_COOKIE = "staff_oidc"


def routes() -> list[Route]:
    return [Route(_OIDC, depart, methods=["GET"]), Route(_BACK, arrive, methods=["GET"])]


async def depart(request: Request) -> Response:
    console, provider = console_of(request), _provider(request)
    request.app.state.knocks.count(ip_of(request))
    here = f"{request.url.scheme}://{request.headers.get('host', '')}"
    back = f"{console.settings.console_public_url.rstrip('/') or here}{_BACK}"
    try:
        departure = await run_in_threadpool(provider.depart, back, console.now())
    except LoginError as error:
        return await _refused(request, error.why.value)
    response = RedirectResponse(departure.url, 303)
    # Lax: the browser comes back from another site.
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, departure.sealed, path=_OIDC, secure=secure, httponly=True, samesite="lax")
    return response


async def arrive(request: Request) -> Response:
    """Every refusal is recorded, so nobody may come as often as they like."""
    console, provider = console_of(request), _provider(request)
    request.app.state.knocks.count(ip_of(request))
    sealed = request.cookies.get(_COOKIE, "")
    try:
        subject = await run_in_threadpool(provider.arrive, sealed, request.query_params, console.now())
    except LoginError as error:
        return await _refused(request, error.why.value)
    token = await console.run(_enter, console, subject, ip_of(request))
    if token is None:
        return console.to(ENTER, fault="oidc_unknown")
    # A redirect would still count as coming from the provider's site, without the cookie of ours.
    response = console.page(request, "oidc_back.html", onward=FACTOR)
    set_cookie(request, response, COOKIE, token)
    response.delete_cookie(_COOKIE, path=_OIDC)
    return response


def _enter(connection: Connection, console: Console, subject: str, ip: str) -> str | None:
    """The token of a session that waits for the second factor."""
    now = console.now()
    found = accounts.enter_as_subject(connection, subject, now)
    if isinstance(found, Account):
        return sessions.open_session(connection, found.id, ip, now)
    known = accounts.find_subject(connection, subject)
    actor = Actor(known.id if known else None, known.login if known else "", ip)
    detail = {"why": found.value}
    audit.record(connection, actor, Action.ENTRY_REFUSED, "page:oidc", now, detail=detail)
    return None


async def _refused(request: Request, why: str) -> Response:
    console = console_of(request)

    def work(connection: Connection) -> None:
        actor = Actor(None, "", ip_of(request))
        now, detail = console.now(), {"why": why}
        audit.record(connection, actor, Action.ENTRY_REFUSED, "page:oidc", now, detail=detail)

    await console.run(work)
    return console.to(ENTER, fault="oidc_failed")


def _provider(request: Request) -> Provider:
    found = console_of(request).provider
    if found is None:
        raise HTTPException(404)
    return found
