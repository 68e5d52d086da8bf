"""What a member of staff does with a hand-off; each deed is recorded in its own transaction."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.bell import tell_others
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.talk import ENDINGS, TALK, Shown, id_of, page
from bot.gateways.vault import open_vault
from bot.handoffs import desk, talking
from bot.handoffs.notes import add_note
from bot.handoffs.record import Handoff
from bot.handoffs.states import Ending, State
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.chain import Detail
from bot.staff.roles import Permission

_LONGEST_COMMENT = 500
_REFUSED = {"empty": "talk_empty", "too long": "talk_too_long", "gap": "talk_gap"}


def routes() -> list[Route]:
    deeds = {
        "claim": claim,
        "release": release,
        "forward": forward,
        "end": end,
        "say": say,
        "note": note,
        "contact": contact,
    }
    return [Route(f"{TALK}/{{id:int}}/{name}", deed, methods=["POST"]) for name, deed in deeds.items()]


@needs(Permission.TALK)
async def claim(request: Request) -> Response:
    """Take it; who steers the queue takes it from somebody else too, where they say so."""
    steering = visitor_of(request).may(Permission.STEER_QUEUE) and "take" in await request.form()

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        if steering and found.state is State.HELD:
            desk.release(connection, found.id, account_id, now, steering=True)
        return desk.claim(connection, found.id, account_id, now, steering)

    if await _done(request, Action.CLAIMED, work, {"taken": steering}):
        return _to(request, done="claimed")
    return _to(request, fault="claimed")


@needs(Permission.TALK)
async def release(request: Request) -> Response:
    steering = visitor_of(request).may(Permission.STEER_QUEUE)

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        return desk.release(connection, found.id, account_id, now, steering)

    if await _done(request, Action.RELEASED, work):
        return console_of(request).to("/console/queue", done="released")
    return _to(request, fault="lost")


@needs(Permission.TALK)
async def forward(request: Request) -> Response:
    form = await request.form()
    comment, to = str(form.get("comment", "")).strip(), str(form.get("to", ""))
    if not comment or len(comment) > _LONGEST_COMMENT or not to.isdecimal() or len(to) > 9:
        return _to(request, fault="forward")
    steering = visitor_of(request).may(Permission.STEER_QUEUE)

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        return desk.forward(connection, found.id, account_id, int(to), comment, now, steering)

    if await _done(request, Action.FORWARDED, work, {"to": int(to)}):
        return console_of(request).to("/console/queue", done="forwarded")
    return _to(request, fault="lost")


@needs(Permission.TALK)
async def end(request: Request) -> Response:
    form = await request.form()
    comment, chosen = str(form.get("comment", "")).strip(), str(form.get("ending", ""))
    if len(comment) > _LONGEST_COMMENT or chosen not in {ending.value for ending in ENDINGS}:
        return _to(request, fault="ending")

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        return desk.end(connection, found.id, account_id, Ending(chosen), comment, now)

    if await _done(request, Action.CLOSED, work, {"ending": chosen}):
        return console_of(request).to("/console/queue", view="mine", done="ended")
    return _to(request, fault="lost")


@needs(Permission.TALK)
async def say(request: Request) -> Response:
    """A script gets JSON: ``{"problem": <sentence, empty when all is well>}``."""
    console, form = console_of(request), await request.form()
    text, client_id = str(form.get("text", "")), str(form.get("client_id", ""))
    suggested = form.get("suggested") == "yes"

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        # The gateway is told at once where the database can; elsewhere it looks twice a second.
        tell_others(connection, found.conversation_id)
        return talking.put(connection, found.id, account_id, client_id, text, now, suggested)

    try:
        queued = await _done(
            request, Action.REPLIED, work, {"suggested": suggested, "characters": len(text.strip())}
        )
        problem = "" if queued or await _twice(request) else "fault_lost"
    except ValueError as fault:
        problem = _REFUSED.get(str(fault), "error_400")
    if request.headers.get("accept") == "application/json":
        return JSONResponse({"problem": console.say(problem) if problem else ""}, 422 if problem else 200)
    if not problem:
        return console.to(f"{_address(request)}#last")
    return await page(request, Shown(draft=text, suggested=suggested, problem=problem, status=422))


@needs(Permission.TALK)
async def note(request: Request) -> Response:
    text = str((await request.form()).get("text", ""))

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        return add_note(connection, found.conversation_id, account_id, text, now)

    try:
        kept = await _done(request, Action.NOTED, work)
    except ValueError:
        return _to(request, fault="note")
    if not kept:
        raise HTTPException(404, "error_gone")
    return _to(request, done="noted")


@needs(Permission.TALK)
async def contact(request: Request) -> Response:
    """How to call the citizen back, for whoever has the hand-off."""
    console, told = console_of(request), [""]

    def work(connection: Connection, found: Handoff, account_id: int, now: float) -> bool:
        mine = found.state is State.HELD and found.holder_id == account_id
        told[0] = found.contact_sealed or "" if mine else ""
        return bool(told[0])

    if not await _done(request, Action.UNMASKED, work, {"what": "contact"}):
        return _to(request, fault="contact")
    plain = open_vault(console.settings).open(told[0].encode())
    if plain is None:
        return _to(request, fault="contact")
    return await page(request, Shown(contact=plain.decode()))


async def _done(
    request: Request,
    action: Action,
    work: Callable[[Connection, Handoff, int, float], bool],
    detail: Detail | None = None,
) -> bool:
    """Do it and record it, or neither; False when it could not be done. 404 when the hand-off is gone."""
    console, visitor = console_of(request), visitor_of(request)
    handoff_id = id_of(request)

    def deed(connection: Connection) -> bool | None:
        found = desk.find(connection, handoff_id)
        if found is None:
            return None
        now = console.now()
        if not work(connection, found, visitor.account.id, now):
            return False
        here, about = f"conversation:{found.conversation_id}", {"handoff": handoff_id, **(detail or {})}
        audit.record(connection, visitor.actor, action, here, now, detail=about)
        return True

    done = await console.run(deed)
    if done is None:
        raise HTTPException(404, "error_gone")
    return done


async def _twice(request: Request) -> bool:
    """Whether a message was not taken because it was taken before: then the hand-off is still mine."""
    console, visitor = console_of(request), visitor_of(request)
    found = await console.run(desk.find, id_of(request))
    return bool(found and found.state is State.HELD and found.holder_id == visitor.account.id)


def _address(request: Request) -> str:
    return f"{TALK}/{id_of(request)}"


def _to(request: Request, **told: Any) -> Response:
    return console_of(request).to(_address(request), **told)
