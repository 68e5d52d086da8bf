"""One turn: what was said, what the assistant understood, and what reviewers say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.answers.intent import Intent
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.labelling import LabelForm
from bot.console.listing import REVIEW, TURNS, address, number_of, wording, zone_of
from bot.console.procedures import labels
from bot.conversations import log
from bot.conversations.log import Entry
from bot.conversations.turns import Recorded, find_turn
from bot.reviews.conditions import Key
from bot.reviews.filters import Filter
from bot.reviews.finding import neighbour, repeated_among
from bot.reviews.labels import (
    COMMENT_LENGTH,
    Given,
    Label,
    Place,
    Refusal,
    give,
    labels_of_others,
    own_label,
    place_of,
    set_flag,
)
from bot.reviews.procedures import find_procedures, versions_at
from bot.reviews.rounds import beside, next_for
from bot.reviews.rows import Judgement, judgements_of
from bot.reviews.verdict import Reason, Verdict
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_BEFORE, _AFTER = 6, 4
_AUDITS = "/console/audits"


@dataclass(frozen=True)
class Path:
    """How the reviewer came here: along a filter, or an audit. Kept in the address of every turn."""

    wanted: Filter
    round_id: int | None

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Path":
        given = {name: str(value) for name, value in query.items()}
        return cls(Filter.of(given), number_of(given.get("round", "")))

    def query(self) -> dict[str, str]:
        return {"round": str(self.round_id)} if self.round_id else self.wanted.query()

    def to(self, turn_id: int | None) -> str:
        """Address of a turn on this way; empty for none."""
        if turn_id is None:
            return ""
        here = f"{TURNS}/{turn_id}"
        return f"{here}?round={self.round_id}" if self.round_id else address(here, self.wanted)

    @property
    def back(self) -> str:
        return f"{_AUDITS}/{self.round_id}" if self.round_id else address(REVIEW, self.wanted)


@dataclass(frozen=True)
class Shown:
    """All that the page shows. ``others``: None while hidden; ``names`` and ``versions``: of procedures by
    code, the version that was believed when the citizen asked.
    """

    turn: Recorded
    entries: list[Entry]
    judgements: list[Judgement]
    repeated: bool
    own: Given | None
    others: list[Given] | None
    place: Place | None
    names: dict[str, str]
    versions: dict[str, int]
    previous: int | None
    following: int | None


def routes() -> list[Route]:
    return [
        Route(f"{TURNS}/procedures", procedures, methods=["GET"]),
        Route(f"{TURNS}/{{number}}", shown, methods=["GET"]),
        Route(f"{TURNS}/{{number}}/label", labelled, methods=["POST"]),
        Route(f"{TURNS}/{{number}}/flag", flagged, methods=["POST"]),
    ]


@needs(Permission.REVIEW)
async def shown(request: Request) -> Response:
    return await _page(request, Path.of(request.query_params), None, 200)


@needs(Permission.REVIEW)
async def labelled(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    fields, path = await request.form(), Path.of(request.query_params)
    number = _number(request)
    form = LabelForm.of(fields)
    label = await console.run(form.read)
    if label is None:
        return await _page(request, path, form, 422)
    given, onward = await console.run(_give, console, visitor, number, label, path)
    if given is Refusal.NO_TURN:
        raise HTTPException(404)
    if given is Refusal.ENOUGH:
        return console.to(f"{TURNS}/{number}", **path.query(), fault="label_enough")
    if given is Refusal.STANDS:
        return console.to(f"{TURNS}/{number}", **path.query(), fault="label_stands")
    if not fields.get("next"):
        return console.to(f"{TURNS}/{number}", **path.query(), done="label")
    if onward is None and path.round_id:
        return console.to(path.back, done="audit")
    return console.to(f"{TURNS}/{onward or number}", **path.query(), done="label")


@needs(Permission.REVIEW)
async def flagged(request: Request) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _number(request)
    flag = (await request.form()).get("flag") == "1"

    def work(connection: Connection) -> None:
        now = console.now()
        if set_flag(connection, number, flag, now):
            detail = {"flag": flag}
            audit.record(connection, visitor.actor, Action.LABELLED, f"turn:{number}", now, detail=detail)

    await console.run(work)
    return console.to(f"{TURNS}/{number}", **Path.of(request.query_params).query())


@needs(Permission.REVIEW)
async def procedures(request: Request) -> Response:
    """For the search box: [[code, name], …]."""
    found = await console_of(request).run(find_procedures, request.query_params.get("q", ""))
    return JSONResponse(found)


async def _page(request: Request, path: Path, form: LabelForm | None, status: int) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    found = await console.run(_shown, console, visitor, _number(request), path)
    if found is None:
        raise HTTPException(404)
    own = found.own.label if found.own else None
    return console.page(
        request,
        "turn.html",
        status=status,
        it=found,
        form=form or LabelForm.showing(own),
        path_query=path.query(),
        back=path.back,
        previous=path.to(found.previous),
        following=path.to(found.following),
        verdicts=list(Verdict),
        reasons=list(Reason),
        intents=list(Intent),
        **wording(console),
        longest_comment=COMMENT_LENGTH,
        may_unmask=visitor.may(Permission.UNMASK),
        may_edit=visitor.may(Permission.EDIT),
        in_round=path.round_id is not None,
    )


def _shown(
    connection: Connection, console: Console, visitor: Visitor, number: int, path: Path
) -> Shown | None:
    turn = find_turn(connection, number)
    if turn is None:
        return None
    facts, account_id = turn.facts, visitor.account.id
    first = turn.seq or turn.answer_seq
    start = max(0, first - 1 - _BEFORE)
    entries = log.entries(connection, turn.conversation_id, start, turn.answer_seq + _AFTER - start)
    codes = {facts.procedure_code or ""}
    codes |= {one.code for one in facts.candidates} | {one.code for one in facts.sources}
    previous, following = (_beside(connection, console, path, turn, back=back) for back in (True, False))
    found = Shown(
        turn=turn,
        entries=entries,
        judgements=judgements_of(connection, number),
        repeated=bool(repeated_among(connection, [number])),
        own=own_label(connection, number, account_id),
        others=labels_of_others(connection, number, account_id),
        place=place_of(connection, number),
        names=labels(connection, codes),
        versions=versions_at(connection, codes, turn.at),
        previous=previous,
        following=following,
    )
    here, detail = f"conversation:{turn.conversation_id}", {"turn": number}
    audit.record(connection, visitor.actor, Action.CONVERSATION_SEEN, here, console.now(), detail=detail)
    return found


def _beside(
    connection: Connection, console: Console, path: Path, turn: Recorded, *, back: bool
) -> int | None:
    if path.round_id:
        return beside(connection, path.round_id, turn.id, back=back)
    return neighbour(connection, path.wanted, zone_of(console), Key(turn.at, turn.id), back=back)


def _give(
    connection: Connection, console: Console, visitor: Visitor, number: int, label: Label, path: Path
) -> tuple[Given | Refusal, int | None]:
    """The label, and the turn that comes next on this way."""
    now = console.now()
    given = give(connection, number, visitor.account.id, label, now)
    if isinstance(given, Refusal):
        return given, None
    onward = None
    if path.round_id:
        onward = next_for(connection, path.round_id, visitor.account.id)
    elif turn := find_turn(connection, number):
        onward = _beside(connection, console, path, turn, back=False)
    detail = {"verdict": label.verdict.value, "round": given.round_id}
    audit.record(connection, visitor.actor, Action.LABELLED, f"turn:{number}", now, detail=detail)
    return given, onward


def _number(request: Request) -> int:
    number = number_of(request.path_params["number"])
    if number is None:
        raise HTTPException(404)
    return number
