"""A whole conversation, asked for a person or not; whoever talks with citizens may step in."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.lasting import lasting
from bot.console.thread import WORDS, Thread, read_thread
from bot.handoffs import desk
from bot.handoffs.record import Handoff, handoff_of
from bot.handoffs.tables import handoff
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_PATH = "/console/conversations"
_EARLIER = 20


def routes() -> list[Route]:
    return [
        Route(f"{_PATH}/{{id}}", conversation, methods=["GET"]),
        Route(f"{_PATH}/{{id}}/step-in", step_in, methods=["POST"]),
    ]


@needs(Permission.READ_QUEUE, Permission.REVIEW)
async def conversation(request: Request) -> Response:
    """The page; that it was seen is recorded."""
    console, visitor = console_of(request), visitor_of(request)
    conversation_id = request.path_params["id"][:32]
    before = request.query_params.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None

    def work(connection: Connection) -> tuple[Thread, list[Handoff]] | None:
        thread = read_thread(connection, conversation_id, number)
        if thread is None:
            return None
        found = _handoffs(connection, conversation_id)
        here = f"conversation:{conversation_id}"
        audit.record(connection, visitor.actor, Action.CONVERSATION_SEEN, here, console.now())
        return thread, found

    found = await console.run(work)
    if found is None:
        raise HTTPException(404, "error_gone")
    thread, handoffs = found
    return console.page(
        request,
        "conversation.html",
        **WORDS,
        thread=thread,
        handoffs=handoffs,
        current=next((one for one in handoffs if one.is_open), None),
        here=f"{_PATH}/{conversation_id}",
        lasting=partial(lasting, console.say),
        talks=Permission.TALK,
        reads_queue=Permission.READ_QUEUE,
        edits=Permission.EDIT,
    )


@needs(Permission.TALK)
async def step_in(request: Request) -> Response:
    """Take the conversation over and go on to its hand-off."""
    console, visitor = console_of(request), visitor_of(request)
    conversation_id = request.path_params["id"][:32]

    def work(connection: Connection) -> Handoff | None:
        now = console.now()
        taken = desk.step_in(connection, conversation_id, visitor.account.id, now)
        if taken is not None:
            here, detail = f"conversation:{conversation_id}", {"handoff": taken.id, "stepped_in": True}
            audit.record(connection, visitor.actor, Action.CLAIMED, here, now, detail=detail)
        return taken

    taken = await console.run(work)
    if taken is None:
        return console.to(f"{_PATH}/{conversation_id}", fault="claimed")
    return console.to(f"/console/talk/{taken.id}", done="claimed")


def _handoffs(connection: Connection, conversation_id: str) -> list[Handoff]:
    """The last hand-offs of a conversation, the newest first."""
    query = select(handoff).where(handoff.c.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(handoff.c.id.desc()).limit(_EARLIER))
    return [handoff_of(row) for row in rows]
