"""Proposing a lesson from a turn: an example, a question to measure with, another name of a procedure."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import proposals
from bot.amendments.proposals import AmendmentError, Basis
from bot.amendments.proposals import Fault as AmendmentFault
from bot.answers.intent import Intent
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.lessons_form import ALIAS, LONGEST_ALIAS, QUESTIONS, LessonForm
from bot.console.lessons_words import DOUBTS, LESSONS
from bot.console.listing import number_of
from bot.console.procedures import labels
from bot.console.scanner import IDENTIFIERS
from bot.console.shipped import Shipped, shipped_of
from bot.conversations import log
from bot.conversations.turns import Recorded, find_turn
from bot.learning.deidentified import Deidentified, deidentify
from bot.learning.journeys_heard import label_for, labelled
from bot.learning.lessons import Fault, LessonError, propose
from bot.learning.lessons_drafts import LONGEST_REASON, LONGEST_TEXT
from bot.learning.lessons_sources import agreed
from bot.learning.states import LessonOrigin
from bot.notices.purpose import Versions
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_NEW = f"{LESSONS}/new"
_BLAMED = {
    AmendmentFault.REASON: ("reason", "error_required"),
    AmendmentFault.UNKNOWN: ("procedures", "error_procedure"),
    AmendmentFault.SAME: ("text", "error_lesson_alias_same"),
}


@dataclass(frozen=True)
class Source:
    """The turn a lesson is made from. ``heard``: the citizen's words, masked, and what may be in doubt."""

    turn: Recorded
    heard: Deidentified
    agreed: bool
    form: LessonForm
    names: dict[str, str]


def routes() -> list[Route]:
    return [Route(_NEW, shown, methods=["GET"]), Route(_NEW, proposed, methods=["POST"])]


@needs(Permission.EDIT)
async def shown(request: Request) -> Response:
    return await _page(request, None)


@needs(Permission.EDIT)
async def proposed(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form, number = LessonForm.of(await request.form()), _number(request)
    shipped = shipped_of(request)
    try:
        if form.kind == ALIAS:
            done = await console.run(_propose_alias, console, visitor, form, number)
            if done:
                return console.to(LESSONS, done="lesson_alias")
        else:
            made = await console.run(_propose, console, visitor, form, number, shipped)
            if made is not None:
                return console.to(f"{LESSONS}/{made}", done="lesson_proposed")
    except LessonError as error:
        form.blame(error)
    except AmendmentError as error:
        where, key = _BLAMED.get(error.fault, ("text", "error_field"))
        form.errors[where] = key
    return await _page(request, form)


def _propose(
    connection: Connection,
    console: Console,
    visitor: Visitor,
    form: LessonForm,
    number: int | None,
    shipped: Shipped,
) -> int | None:
    turn = find_turn(connection, number) if number else None
    if number and turn is None:
        raise LessonError(Fault.GONE)
    codes = form.codes(connection)
    if form.errors:
        return None
    draft = form.draft(codes, number, turn.conversation_id if turn else None)
    return propose(
        connection,
        visitor.actor,
        draft,
        form.reason,
        console.now(),
        versions=shipped.consents,
        taught=shipped.taught,
    )


def _propose_alias(
    connection: Connection, console: Console, visitor: Visitor, form: LessonForm, number: int | None
) -> bool:
    """Another name goes the way of all changes of records: by four eyes, and with what it stands on."""
    codes = form.codes(connection)
    if not form.errors and len(codes) != 1:
        form.errors["procedures"] = "error_lesson_alias_one"
    name = deidentify(form.text)
    if name.doubts:
        form.errors["text"], form.doubts = "error_lesson_identifying", name.doubts
    elif not name.text:
        form.errors["text"] = "error_required"
    elif len(name.text) > LONGEST_ALIAS:
        form.errors["text"] = "error_too_long"
    if len(form.reason) > LONGEST_REASON:
        form.errors["reason"] = "error_too_long"
    if form.errors:
        return False
    title = console.say("lesson_alias_source", number=number) if number else console.say("lesson_alias_staff")
    basis = Basis(form.reason, title, None, None, None)
    patch = {"aliases": {"add": [name.text]}}
    proposals.propose(connection, visitor.actor, codes[0], patch, basis, console.now(), turn_id=number)
    return True


async def _page(request: Request, form: LessonForm | None) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _number(request)
    versions = shipped_of(request).consents
    source = await console.run(_source, console, visitor, number, versions) if number else None
    if number and source is None:
        raise HTTPException(404)
    return console.page(
        request,
        "lesson_new.html",
        status=422 if form else 200,
        source=source,
        form=form or (source.form if source else LessonForm()),
        action=f"{_NEW}?turn={number}" if number else _NEW,
        questions=QUESTIONS,
        alias=ALIAS,
        origins=(LessonOrigin.CITIZEN, LessonOrigin.REWRITTEN),
        intents=list(Intent),
        identifiers=IDENTIFIERS,
        doubt_names=DOUBTS,
        longest_text=LONGEST_TEXT,
        longest_reason=LONGEST_REASON,
    )


def _source(
    connection: Connection, console: Console, visitor: Visitor, number: int, versions: Versions
) -> Source | None:
    turn = find_turn(connection, number)
    if turn is None:
        return None
    entries = log.entries(connection, turn.conversation_id, turn.seq - 1, 1) if turn.seq else []
    heard = deidentify(entries[0].said.text if entries else "")
    label = label_for(connection, number, visitor.account.id)
    right = labelled(heard.text, False, turn.facts, label)
    may_quote = agreed(connection, turn.conversation_id, versions)
    form = LessonForm(
        origin=LessonOrigin.CITIZEN if may_quote else LessonOrigin.REWRITTEN,
        text=heard.text if may_quote else "",
        intent=right.intent,
        procedures="; ".join(right.procedure_codes),
        in_scope=right.intent is not Intent.OUT_OF_SCOPE,
        doubts=heard.doubts if may_quote else (),
    )
    here, detail = f"conversation:{turn.conversation_id}", {"turn": number}
    audit.record(connection, visitor.actor, Action.CONVERSATION_SEEN, here, console.now(), detail=detail)
    return Source(turn, heard, may_quote, form, labels(connection, set(right.procedure_codes)))


def _number(request: Request) -> int | None:
    asked = request.query_params.get("turn", "")
    number = number_of(asked)
    if asked and number is None:
        raise HTTPException(404)
    return number
