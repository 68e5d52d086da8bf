"""Texts citizens are told: found, changed with a preview, and decided on by somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.filled import filled
from bot.console.forms import Form, StringField, TextAreaField
from bot.console.guard import needs, visitor_of
from bot.console.shipped import shipped_of
from bot.control import texts
from bot.control.texts import FourEyesError, Override, WaitingError
from bot.control.variables import LONGEST, WrongTextError, check, pieces
from bot.staff import accounts
from bot.staff.roles import Permission
from bot.text import fold

TEXTS = "/console/texts"
_MOST = 50
_BLAMED = {
    "empty": "error_required",
    "length": "error_too_long",
    "braces": "error_text_braces",
    "variables": "error_text_variables",
    "same": "error_text_same",
}


@dataclass(frozen=True)
class Line:
    """A response in the list. ``text``: as it is said now."""

    name: str
    text: str
    changed: bool
    waiting: bool


class TextForm(Form):
    text = TextAreaField("field_text", filled(LONGEST))
    reason = StringField("field_reason", filled(300))


class RevertForm(Form):
    reason = StringField("field_reason", filled(300))


def routes() -> list[Route]:
    one, change = f"{TEXTS}/{{name}}", f"{TEXTS}/changes/{{change_id:int}}"
    return [
        Route(TEXTS, listed, methods=["GET"]),
        Route(f"{change}/approve", approved, methods=["POST"]),
        Route(f"{change}/refuse", refused, methods=["POST"]),
        Route(f"{change}/withdraw", withdrawn, methods=["POST"]),
        Route(one, shown, methods=["GET"]),
        Route(one, proposed, methods=["POST"]),
        Route(f"{one}/revert", reverted, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def listed(request: Request) -> Response:
    console, wording = console_of(request), shipped_of(request).wording.shipped
    asked = request.query_params.get("q", "").strip()[:100]

    def work(connection: Connection) -> tuple[dict[str, str], list[Override], dict[int, str]]:
        return texts.approved(connection), texts.waiting(connection), _logins(connection)

    said, waiting, logins = await console.run(work)
    names = {change.name for change in waiting}
    lines = [
        Line(name, said.get(name, text), name in said, name in names)
        for name, text in sorted(wording.items())
        if _matches(asked, name, said.get(name, text))
    ]
    # What was changed comes first: it is what somebody looks for who does not search.
    lines.sort(key=lambda line: (not line.waiting, not line.changed))
    return console.page(
        request,
        "texts.html",
        asked=asked,
        lines=lines[:_MOST],
        total=len(lines),
        most=_MOST,
        waiting=waiting,
        logins=logins,
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    return await _page(request)


@needs(Permission.EDIT)
async def proposed(request: Request) -> Response:
    console, visitor, wording = console_of(request), visitor_of(request), shipped_of(request).wording.shipped
    name, sent = _name(request, wording), await request.form()
    form = TextForm(sent)
    form.validate()
    if "preview" in sent:
        form.reason.errors = []
    text = (form.text.data or "").replace("\r\n", "\n").strip()
    try:
        check(name, text, wording)
        if "preview" in sent or form.errors:
            return await _page(request, form, preview=text if "preview" in sent else "")
        reason = form.reason.data
        await console.run(texts.propose, visitor.actor, name, text, reason, wording, console.now())
    except WaitingError:
        return console.to(f"{TEXTS}/{name}", fault="text_waiting")
    except ValueError as fault:
        form.text.errors = [_BLAMED[str(fault)]]
        return await _page(request, form)
    return console.to(f"{TEXTS}/{name}", done="text_proposed")


@needs(Permission.APPROVE)
async def approved(request: Request) -> Response:
    return await _decide(request, True)


@needs(Permission.APPROVE)
async def refused(request: Request) -> Response:
    return await _decide(request, False)


@needs(Permission.EDIT)
async def withdrawn(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    change = await _change(request)
    if not await console.run(texts.withdraw, visitor.actor, change.id, console.now()):
        return console.to(f"{TEXTS}/{change.name}", fault="text_decided")
    return console.to(f"{TEXTS}/{change.name}", done="text_withdrawn")


@needs(Permission.APPROVE)
async def reverted(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    name, form = _name(request, shipped_of(request).wording.shipped), RevertForm(await request.form())
    if not form.validate():
        return await _page(request, reverting=form)
    if not await console.run(texts.revert, visitor.actor, name, form.reason.data, console.now()):
        return console.to(f"{TEXTS}/{name}", fault="text_decided")
    return console.to(f"{TEXTS}/{name}", done="text_reverted")


async def _decide(request: Request, approve: bool) -> Response:
    console, visitor, wording = console_of(request), visitor_of(request), shipped_of(request).wording.shipped
    change, comment = await _change(request), str((await request.form()).get("comment", ""))[:500]
    path = f"{TEXTS}/{change.name}"
    try:
        decided = await console.run(
            texts.decide, visitor.actor, change.id, approve, comment, wording, console.now()
        )
    except FourEyesError:
        return console.to(path, fault="four_eyes")
    except WrongTextError:
        return console.to(path, fault="text_outdated")
    if not decided:
        return console.to(path, fault="text_decided")
    return console.to(path, done="text_approved") if approve else console.to(path, done="text_refused")


async def _page(
    request: Request,
    form: TextForm | None = None,
    preview: str = "",
    reverting: RevertForm | None = None,
) -> Response:
    console, wording = console_of(request), shipped_of(request).wording.shipped
    name = _name(request, wording)

    def work(connection: Connection) -> tuple[str | None, list[Override], dict[int, str]]:
        return texts.approved(connection).get(name), texts.history(connection, name), _logins(connection)

    changed, history, logins = await console.run(work)
    now_said = changed if changed is not None else wording[name].strip()
    form = form or TextForm(text=now_said)
    faulty = bool(form.errors) or bool(reverting and reverting.errors)
    return console.page(
        request,
        "text.html",
        status=422 if faulty else 200,
        text_name=name,
        said=pieces(now_said),
        shipped=pieces(wording[name].strip()),
        changed=changed is not None,
        form=form,
        preview=pieces(preview) if preview else [],
        reverting=reverting or RevertForm(),
        history=history,
        waiting=next((change for change in history if change.state is texts.TextState.PROPOSED), None),
        logins=logins,
        pieces=pieces,
        may_edit=visitor_of(request).may(Permission.EDIT),
        may_approve=visitor_of(request).may(Permission.APPROVE),
        own=visitor_of(request).account.id,
    )


async def _change(request: Request) -> Override:
    found = await console_of(request).run(texts.find, request.path_params["change_id"])
    if found is None:
        raise HTTPException(404)
    return found


def _name(request: Request, wording: Mapping[str, str]) -> str:
    name = str(request.path_params["name"])
    if name not in wording:
        raise HTTPException(404)
    return name


def _logins(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}


def _matches(asked: str, name: str, text: str) -> bool:
    return not asked or asked in name or fold(asked) in fold(text)
