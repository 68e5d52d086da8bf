"""Lessons: what waits, what is learned from, and what reviewers put right that nobody made a lesson of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.advice import Advice, Asked
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.lessons_keeping import write_now
from bot.console.lessons_words import DOUBTS, LESSONS, OUTDATED
from bot.console.listing import number_of, zone_of
from bot.console.procedures import labels
from bot.console.shipped import shipped_of
from bot.learning import lessons
from bot.learning.deidentified import deidentify
from bot.learning.files import DIALOGUES, QUESTIONS, TRAINING, dialogue_line, example_line, question_line
from bot.learning.lessons import FourEyesError, Lesson, LessonError
from bot.learning.lessons_due import Due, due
from bot.learning.lessons_sources import agreed
from bot.learning.states import LessonKind, LessonState
from bot.staff import accounts
from bot.staff.roles import Permission

_PAGE = 50
_LIVE = (LessonState.PROPOSED, LessonState.APPROVED)


@dataclass(frozen=True)
class Diff:
    """What a file has more with a lesson. ``around``: the line it stands under, "" where there is none."""

    path: str
    around: str
    line: str


def routes() -> list[Route]:
    one = f"{LESSONS}/{{id:int}}"
    return [
        Route(LESSONS, listed, methods=["GET"]),
        Route(one, shown, methods=["GET"]),
        Route(f"{one}/approve", approved, methods=["POST"]),
        Route(f"{one}/refuse", refused, methods=["POST"]),
        Route(f"{one}/withdraw", withdrawn, methods=["POST"]),
        Route(f"{one}/retire", retired, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def listed(request: Request) -> Response:
    console, visitor, asked = console_of(request), visitor_of(request), request.query_params
    state = next((one for one in LessonState if one.value == asked.get("state")), None)
    kind = next((one for one in LessonKind if one.value == asked.get("kind")), None)
    before = number_of(asked.get("before", ""))
    first = state is None and kind is None and before is None

    def work(
        connection: Connection,
    ) -> tuple[list[Lesson], Mapping[LessonState, int], list[Due], dict[int, str], dict[str, str]]:
        found = lessons.listed(connection, state, kind, _PAGE + 1, before)
        waiting = due(connection, visitor.account.id) if first else []
        names = labels(connection, {one.label.procedure_code for one in waiting})
        return found, lessons.counts(connection), waiting, _logins(connection), names

    found, counted, waiting, logins, names = await console.run(work)
    return console.page(
        request,
        "lessons.html",
        lessons=found[:_PAGE],
        older=found[_PAGE - 1].id if len(found) > _PAGE else None,
        counts=counted,
        total=sum(counted.values()),
        due=waiting,
        names=names,
        logins=logins,
        state=state,
        kind=kind,
        states=list(LessonState),
        kinds=list(LessonKind),
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    found = await _found(request)

    def work(connection: Connection) -> tuple[dict[int, str], dict[str, str], bool]:
        here = found.conversation_id
        stands = here is not None and agreed(connection, here, shipped_of(request).consents)
        return _logins(connection), labels(connection, found.draft.codes), stands

    logins, names, stands = await console.run(work)
    today = await _today(request, found) if "today" in request.query_params and found.text else None
    return console.page(
        request,
        "lesson.html",
        it=found,
        checked=[deidentify(text) for text in found.draft.texts],
        diff=_diff(found) if found.state in _LIVE else None,
        agreed=stands,
        today=today,
        names=names,
        logins=logins,
        doubt_names=DOUBTS,
        may_approve=visitor.may(Permission.APPROVE),
        may_review=visitor.may(Permission.REVIEW),
        own=visitor.account.id,
    )


@needs(Permission.APPROVE)
async def approved(request: Request) -> Response:
    return await _decide(request, True)


@needs(Permission.APPROVE)
async def refused(request: Request) -> Response:
    return await _decide(request, False)


@needs(Permission.EDIT)
async def withdrawn(request: Request) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), request.path_params["id"]
    if not await console.run(lessons.withdraw, visitor.actor, number, console.now()):
        return console.to(f"{LESSONS}/{number}", fault="lesson_decided")
    return console.to(f"{LESSONS}/{number}", done="lesson_withdrawn")


@needs(Permission.APPROVE)
async def retired(request: Request) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), request.path_params["id"]
    reason = str((await request.form()).get("reason", ""))
    try:
        done = await console.run(lessons.retire, visitor.actor, number, reason, console.now())
    except LessonError:
        return console.to(f"{LESSONS}/{number}", fault="reason")
    if not done:
        return console.to(f"{LESSONS}/{number}", fault="lesson_decided")
    await write_now(console)
    return console.to(f"{LESSONS}/{number}", done="lesson_retired")


async def _decide(request: Request, approve: bool) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), request.path_params["id"]
    comment = str((await request.form()).get("comment", ""))[:500]
    if not approve and not comment.strip():
        return console.to(f"{LESSONS}/{number}", fault="reason")
    versions = shipped_of(request).consents

    def work(connection: Connection) -> bool:
        now = console.now()
        return lessons.decide(connection, visitor.actor, number, approve, comment, now, versions=versions)

    try:
        done = await console.run(work)
    except FourEyesError:
        return console.to(f"{LESSONS}/{number}", fault="four_eyes")
    except LessonError as error:
        told = OUTDATED.get(error.fault, "fault_lesson_outdated")
        return console.to(f"{LESSONS}/{number}", fault=told.removeprefix("fault_"))
    if not done:
        return console.to(f"{LESSONS}/{number}", fault="lesson_decided")
    if not approve:
        return console.to(f"{LESSONS}/{number}", done="lesson_refused")
    await write_now(console)
    return console.to(f"{LESSONS}/{number}", done="lesson_approved")


async def _today(request: Request, found: Lesson) -> Advice:
    """What the assistant makes of the question now; the first time a model is loaded, which takes seconds."""
    console = console_of(request)
    today = datetime.fromtimestamp(console.now(), zone_of(console)).date()
    advice = await request.app.state.adviser.advise(Asked(0, found.text, "", "web", today))
    assert isinstance(advice, Advice)
    return advice


async def _found(request: Request) -> Lesson:
    found = await console_of(request).run(lessons.find, request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def _diff(one: Lesson) -> Diff:
    if one.kind is LessonKind.TRAINING:
        under = f"- intent: {one.intent.value if one.intent else ''}"
        return Diff(str(TRAINING), under, example_line(one).rstrip("\n"))
    if one.kind is LessonKind.EVALUATION:
        return Diff(str(QUESTIONS), "", question_line(one))
    return Diff(str(DIALOGUES), "", dialogue_line(one))


def _logins(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}
