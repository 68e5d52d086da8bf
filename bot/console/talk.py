"""The page on which a member of staff talks with a citizen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.advice import Advice, Adviser
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.lack import Lack
from bot.console.lasting import lasting
from bot.console.live import Drawn, live, tally
from bot.console.ready import Filler
from bot.console.seat import Seat, asked_of, colleagues, read_seat
from bot.console.thread import WORDS
from bot.handoffs import watching
from bot.handoffs.filling import GAP
from bot.handoffs.plain import LONGEST
from bot.handoffs.states import Ending
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

TALK = "/console/talk"
ENDINGS = (Ending.SOLVED, Ending.REFERRED, Ending.NO_ANSWER, Ending.ABUSE, Ending.MISTAKE)
"""Those a member of staff may choose."""
_TICKET_SECONDS = 12 * 3600
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Shown:
    """What the page shows besides the hand-off. ``draft``: what stands in the reply box; ``problem``: key of
    what is wrong with it; ``contact``: how to call back, once it was asked for.
    """

    draft: str = ""
    suggested: bool = False
    problem: str = ""
    contact: str = ""
    status: int = 200


@dataclass(frozen=True)
class Talk:
    """What the live page looks at."""

    console: Console
    visitor: Visitor
    adviser: Adviser
    handoff_id: int
    advised: list[int]
    """Number of the message suggested for last, one at most: asked again only for another one."""

    def mark(self, connection: Connection) -> str | None:
        mark = watching.mark_of(connection, self.handoff_id)
        if mark is None:
            return None
        return f"{mark}-{watching.look(connection, self.visitor.account.id).mark}"

    def draw(self, connection: Connection) -> Drawn:
        seat = read_seat(connection, self.console, self.visitor, self.handoff_id)
        counted = tally(connection, self.visitor.account.id)
        if seat is None:
            return counted
        values = {"visitor": self.visitor, "csrf": self.visitor.session.csrf, **_values(self.console, seat)}
        parts = {name: self._part(name, values) for name in ("thread", "state", "notes", "history")}
        return {**counted, **parts, "mine": seat.mine}

    async def afterthought(self) -> Drawn | None:
        """A suggestion, where this account may send it and the citizen said something new."""
        seat = await self.console.run(read_seat, self.console, self.visitor, self.handoff_id)
        if seat is None or not seat.mine:
            return None
        asked = asked_of(seat, self.console)
        number = asked.seq if asked else 0
        if self.advised == [number]:
            return None
        self.advised[:] = [number]
        advice = await self.adviser.advise(asked) if asked else Advice(0, lack=Lack.NO_QUESTION)
        return {"advice": self._part("advice", {"advice": advice, "longest": LONGEST})}

    def _part(self, name: str, values: Mapping[str, Any]) -> str:
        return self.console.templates.get_template(f"talk_{name}.html").render(values)


def routes() -> list[Route]:
    return [
        Route(f"{TALK}/{{id:int}}", talk, methods=["GET"]),
        Route(f"{TALK}/{{id:int}}/events", events, methods=["GET"]),
    ]


@needs(Permission.READ_QUEUE)
async def talk(request: Request) -> Response:
    return await page(request, Shown())


@needs(Permission.READ_QUEUE)
async def events(request: Request) -> Response:
    """Only for a page that was opened, and so stands in the audit log."""
    console, visitor = console_of(request), visitor_of(request)
    handoff_id = id_of(request)
    if not _opens(console, visitor, handoff_id, request.query_params.get("ticket", "")):
        raise HTTPException(403)
    return live(request, Talk(console, visitor, request.app.state.adviser, handoff_id, []))


def id_of(request: Request) -> int:
    """Of the hand-off; 404 for a number the database has no room for."""
    number = int(request.path_params["id"])
    if number > _LARGEST_ID:
        raise HTTPException(404)
    return number


async def page(request: Request, shown: Shown) -> Response:
    """The page; that it was seen is recorded. 404 with a sentence when the conversation is gone."""
    console, visitor = console_of(request), visitor_of(request)
    handoff_id = id_of(request)
    before = _number(request.query_params.get("before", ""))
    filler: Filler = request.app.state.filler

    def work(connection: Connection) -> tuple[Seat, Mapping[str, Any]] | None:
        seat = read_seat(connection, console, visitor, handoff_id, before)
        if seat is None:
            return None
        now = console.now()
        today = datetime.fromtimestamp(now, ZoneInfo(console.settings.time_zone)).date()
        more = {
            "ready": filler.filled(connection, seat.procedure_code, today) if seat.mine else [],
            "colleagues": colleagues(connection, visitor.account.id, now),
        }
        seen = {"handoff": handoff_id}
        here = f"conversation:{seat.thread.conversation_id}"
        audit.record(connection, visitor.actor, Action.CONVERSATION_SEEN, here, now, detail=seen)
        return seat, more

    found = await console.run(work)
    if found is None:
        raise HTTPException(404, "error_gone")
    seat, more = found
    wanted = request.query_params.get("ready", "")
    chosen = next((one.text for one in more["ready"] if one.shortcut == wanted), "")
    return console.page(
        request,
        "talk.html",
        **_values(console, seat),
        **more,
        advice=await _advice(request, console, seat),
        ticket=_ticket(console, visitor, handoff_id),
        client_id=uuid4().hex,
        draft=shown.draft or chosen,
        suggested=shown.suggested,
        problem=shown.problem,
        contact=shown.contact,
        status=shown.status,
    )


def _values(console: Console, seat: Seat) -> dict[str, Any]:
    return {
        **WORDS,
        "seat": seat,
        "thread": seat.thread,
        "here": f"{TALK}/{seat.handoff.id}",
        "lasting": partial(lasting, console.say),
        "endings": ENDINGS,
        "longest": LONGEST,
        "gap": GAP,
        "steer": Permission.STEER_QUEUE,
        "talks": Permission.TALK,
    }


async def _advice(request: Request, console: Console, seat: Seat) -> Advice | None:
    """Without scripts a suggestion is asked for by a link; None: not asked."""
    if not seat.mine or request.query_params.get("advice") != "yes":
        return None
    asked, adviser = asked_of(seat, console), request.app.state.adviser
    advice: Advice = await adviser.advise(asked) if asked else Advice(0, lack=Lack.NO_QUESTION)
    return advice


def _ticket(console: Console, visitor: Visitor, handoff_id: int) -> str:
    return console.seal.encrypt(f"talk:{visitor.account.id}:{handoff_id}".encode()).decode()


def _opens(console: Console, visitor: Visitor, handoff_id: int, ticket: str) -> bool:
    try:
        plain = console.seal.decrypt(ticket.encode(), ttl=_TICKET_SECONDS)
    except InvalidToken:
        return False
    return plain == f"talk:{visitor.account.id}:{handoff_id}".encode()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
