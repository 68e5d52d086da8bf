"""Answers on chosen topics that wait until a person approves, edits or refuses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.lasting import lasting
from bot.console.live import Drawn, live, tally
from bot.console.topics import topic_name
from bot.conversations.channel import Author
from bot.conversations.log import last_before
from bot.handoffs import approvals, watching
from bot.handoffs.approvals import Decision, Proposal, Standing
from bot.handoffs.plain import LONGEST
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_PATH = "/console/approvals"
_SHOWN = 20
_LARGEST_ID = 2**31 - 1
_REFUSED = {
    "touched": "approvals_touched",
    "empty": "talk_empty",
    "too long": "talk_too_long",
    "gap": "talk_gap",
}


@dataclass(frozen=True)
class Pending:
    """A proposal with the ``question`` it answers; ``text``: what the assistant would say."""

    proposal: Proposal
    question: str
    text: str


@dataclass(frozen=True)
class Desk:
    """What the live page looks at: the script only says that there are others, nobody's writing is lost."""

    console: Console
    visitor: Visitor

    def mark(self, connection: Connection) -> str | None:
        return watching.look(connection, self.visitor.account.id).mark

    def draw(self, connection: Connection) -> Drawn:
        ids = [proposal.id for proposal in approvals.proposals(connection, _SHOWN)]
        return {**tally(connection, self.visitor.account.id), "proposals": ids}

    async def afterthought(self) -> Drawn | None:
        return None


def routes() -> list[Route]:
    return [
        Route(_PATH, waiting, methods=["GET"]),
        Route(f"{_PATH}/events", events, methods=["GET"]),
        Route(f"{_PATH}/{{id:int}}", decided, methods=["POST"]),
    ]


@needs(Permission.TALK)
async def waiting(request: Request) -> Response:
    return await _page(request)


@needs(Permission.TALK)
async def events(request: Request) -> Response:
    return live(request, Desk(console_of(request), visitor_of(request)))


@needs(Permission.TALK)
async def decided(request: Request) -> Response:
    console, visitor, form = console_of(request), visitor_of(request), await request.form()
    number, chosen = int(request.path_params["id"]), str(form.get("decision", ""))
    text = str(form.get("text", "")).replace("\r\n", "\n")
    if chosen not in set(Decision) or number > _LARGEST_ID:
        return console.to(_PATH, fault="decision")
    decision = Decision(chosen)

    def work(connection: Connection) -> bool:
        found = approvals.find_proposal(connection, number)
        if found is None or found.standing is not Standing.WAITING:
            return False
        if decision is Decision.APPROVE and text.strip() != _text(found).strip():
            raise ValueError("touched")
        now = console.now()
        if not approvals.decide(connection, number, visitor.account.id, decision, now, text):
            return False
        here = f"conversation:{found.conversation_id}"
        detail = {"proposal": number, "decision": decision.value, "topic": found.topic}
        audit.record(connection, visitor.actor, Action.PROPOSAL_DECIDED, here, now, detail=detail)
        return True

    try:
        if await console.run(work):
            return console.to(_PATH, done="decision")
    except ValueError as fault:
        problem = _REFUSED.get(str(fault), "error_400")
        return await _page(request, 422, drafts={number: text}, problem=problem)
    return console.to(_PATH, fault="decision")


async def _page(
    request: Request, status: int = 200, drafts: Mapping[int, str] | None = None, problem: str = ""
) -> Response:
    """The page; that the conversations were seen is recorded."""
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> list[Pending]:
        found = [_pending(connection, one) for one in approvals.proposals(connection, _SHOWN)]
        for conversation_id in sorted({one.proposal.conversation_id for one in found}):
            here, detail = f"conversation:{conversation_id}", {"page": "approvals"}
            audit.record(
                connection, visitor.actor, Action.CONVERSATION_SEEN, here, console.now(), detail=detail
            )
        return found

    values: dict[str, Any] = {
        "pending": await console.run(work),
        "now": console.now(),
        "lasting": partial(lasting, console.say),
        "longest": LONGEST,
        "drafts": drafts or {},
        "problem": problem,
        "topic_name": partial(topic_name, console),
    }
    return console.page(request, "approvals.html", status=status, **values)


def _pending(connection: Connection, proposal: Proposal) -> Pending:
    asked = last_before(connection, proposal.conversation_id, Author.CITIZEN, proposal.created_at)
    return Pending(proposal, asked.said.text if asked else "", _text(proposal))


def _text(proposal: Proposal) -> str:
    """What the assistant would say."""
    texts = [str(reply.get("text", "")) for reply in proposal.replies]
    return "\n\n".join(text for text in texts if text)
