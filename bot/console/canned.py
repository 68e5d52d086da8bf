"""Ready-made replies: kept by supervisors and editors, with a preview of what a citizen would read."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.handoffs import canned
from bot.handoffs.canned import Canned
from bot.handoffs.filling import Variable, fill
from bot.handoffs.plain import LONGEST
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_PATH = "/console/canned"
_LONGEST_CODE = 40
_PROBLEMS = {
    "shortcut": "canned_shortcut_bad",
    "title": "canned_title_bad",
    "empty": "talk_empty",
    "too long": "talk_too_long",
    "gap": "canned_gap",
}
"""By what ``save_canned`` raises; anything else is the variable it does not know."""


def routes() -> list[Route]:
    return [
        Route(_PATH, everything, methods=["GET"]),
        Route(f"{_PATH}/new", new, methods=["GET"]),
        Route(f"{_PATH}/save", saved, methods=["POST"]),
        Route(f"{_PATH}/{{shortcut}}", one, methods=["GET"]),
    ]


@needs(Permission.STEER_QUEUE, Permission.EDIT)
async def everything(request: Request) -> Response:
    console = console_of(request)
    found = await console.run(_all)
    return console.page(request, "canned.html", replies=found)


@needs(Permission.STEER_QUEUE, Permission.EDIT)
async def new(request: Request) -> Response:
    return _form(request, {"active": "yes"})


@needs(Permission.STEER_QUEUE, Permission.EDIT)
async def one(request: Request) -> Response:
    found = await console_of(request).run(_all)
    wanted = next((reply for reply in found if reply.shortcut == request.path_params["shortcut"]), None)
    if wanted is None:
        raise HTTPException(404)
    values = {"shortcut": wanted.shortcut, "title": wanted.title, "text": wanted.text}
    return _form(request, {**values, "active": "yes" if wanted.active else "", "known": "yes"})


@needs(Permission.STEER_QUEUE, Permission.EDIT)
async def saved(request: Request) -> Response:
    """Save a reply, or show how it reads; what was typed stays."""
    console, visitor = console_of(request), visitor_of(request)
    given = {name: str(value) for name, value in (await request.form()).items()}
    text = given.get("text", "").replace("\r\n", "\n")
    if "preview" in given:
        return await _preview(request, given, text)

    def work(connection: Connection) -> bool:
        now, shortcut = console.now(), given.get("shortcut", "").strip()
        known = {reply.shortcut for reply in _all(connection)}
        if shortcut in known and not given.get("known"):
            return False
        active = given.get("active") == "yes"
        canned.save_canned(
            connection, shortcut, given.get("title", ""), text, visitor.account.id, now, active
        )
        here, detail = f"canned:{shortcut}", {"active": active, "characters": len(text)}
        audit.record(connection, visitor.actor, Action.CANNED_CHANGED, here, now, detail=detail)
        return True

    try:
        if not await console.run(work):
            return _form(request, given, 422, problem="canned_taken")
    except ValueError as fault:
        return _form(request, given, 422, **_blame(fault))
    return console.to(_PATH, done="canned")


async def _preview(request: Request, given: dict[str, str], text: str) -> Response:
    """With the values of the procedure asked for; gaps show what is not known without one."""
    console, filler = console_of(request), request.app.state.filler
    code = given.get("code", "").strip()[:_LONGEST_CODE]
    today = datetime.fromtimestamp(console.now(), ZoneInfo(console.settings.time_zone)).date()
    values = await console.run(filler.values, code, today)
    try:
        return _form(
            request, given, preview=fill(text, values), unknown=code and Variable.PROCEDURE not in values
        )
    except ValueError as fault:
        return _form(request, given, 422, **_blame(fault))


def _blame(fault: ValueError) -> dict[str, str]:
    problem = _PROBLEMS.get(str(fault), "")
    return {"problem": problem} if problem else {"problem": "canned_variable", "wrong": str(fault)}


def _form(request: Request, given: dict[str, str], status: int = 200, **shown: Any) -> Response:
    names = ("shortcut", "title", "text", "code", "active", "known")
    values = {"preview": "", "unknown": False, "problem": "", "wrong": "", **shown}
    return console_of(request).page(
        request,
        "canned_form.html",
        status=status,
        given={name: given.get(name, "") for name in names},
        variables=list(Variable),
        longest=LONGEST,
        **values,
    )


def _all(connection: Connection) -> list[Canned]:
    return canned.replies(connection, only_active=False)
