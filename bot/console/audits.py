"""Audits: draw a sample, label it, and read how right the assistant is and how far reviewers agree."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.outcome import Outcome
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.listing import LARGEST_ID, TURNS, number_of, wording, zone_of
from bot.conversations.channel import Channel
from bot.reviews.filters import Filter
from bot.reviews.results import Result
from bot.reviews.rounds import (
    LARGEST,
    TITLE_LENGTH,
    Round,
    draw_round,
    find_round,
    next_for,
    result,
    results,
    rounds,
)
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.chain import Detail
from bot.staff.roles import Permission
from bot.text import clean

_AUDITS = "/console/audits"
_SIZE, _SECOND, _DAYS = 50, 10, 7


@dataclass(frozen=True)
class Sample:
    """The form of a new audit as typed; ``second``: per cent; ``errors``: keys of texts by field."""

    title: str
    since: str
    until: str
    size: str
    second: str
    seed: str
    errors: dict[str, str]


def routes() -> list[Route]:
    return [
        Route(_AUDITS, everything, methods=["GET"]),
        Route(_AUDITS, drawn, methods=["POST"]),
        Route(f"{_AUDITS}/{{number}}", one, methods=["GET"]),
        Route(f"{_AUDITS}/{{number}}/next", following, methods=["GET"]),
    ]


@needs(Permission.REVIEW, Permission.AUDIT_SAMPLE)
async def everything(request: Request) -> Response:
    console = console_of(request)
    today = datetime.fromtimestamp(console.now(), zone_of(console)).date()
    since, until = today - timedelta(days=_DAYS), today - timedelta(days=1)
    sample = Sample("", since.isoformat(), until.isoformat(), str(_SIZE), str(_SECOND), "", {})
    return await _list(request, sample, 200)


@needs(Permission.AUDIT_SAMPLE)
async def drawn(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = await request.form()
    given = {
        name: clean(str(form.get(name, ""))) for name in ("title", "since", "until", "size", "second", "seed")
    }
    period = Filter.of({"since": given["since"], "until": given["until"]})
    size, second = number_of(given["size"]), number_of(given["second"])
    # Every draw is in the audit log with its seed: nobody tries seeds unseen until a sample pleases.
    seed = number_of(given["seed"]) if given["seed"] else secrets.randbelow(LARGEST_ID)
    errors: dict[str, str] = {}
    if not 1 <= len(given["title"]) <= TITLE_LENGTH:
        errors["title"] = "error_audit_title"
    if not period.since or not period.until or period.since > period.until:
        errors["since"] = "error_audit_period"
    if size is None or not 1 <= size <= LARGEST:
        errors["size"] = "error_audit_size"
    if second is None or second > 100:
        errors["second"] = "error_audit_second"
    if seed is None:
        errors["seed"] = "error_audit_seed"
    if errors or size is None or second is None or seed is None:
        return await _list(request, Sample(**given, errors=errors), 422)
    made = await console.run(_draw, console, visitor, given["title"], period, size, second / 100, seed)
    if made is None:
        errors["since"] = "error_audit_none"
        return await _list(request, Sample(**given, errors=errors), 422)
    return console.to(f"{_AUDITS}/{made.id}", done="drawn")


@needs(Permission.REVIEW, Permission.AUDIT_SAMPLE)
async def one(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    number = _number(request)

    def work(connection: Connection) -> tuple[Round, Result, int | None] | None:
        found = find_round(connection, number)
        if found is None:
            return None
        return found, result(connection, number), next_for(connection, number, visitor.account.id)

    found = await console.run(work)
    if found is None:
        raise HTTPException(404)
    about, figures, mine = found
    return console.page(
        request,
        "audit.html",
        about=about,
        figures=figures,
        mine=mine if visitor.may(Permission.REVIEW) else None,
        last_day=_last_day(console, about),
        may_read=visitor.may(Permission.AUDIT_SAMPLE),
        **wording(console),
        strata=[
            (Outcome(outcome), Channel(channel), right, n) for outcome, channel, right, n in figures.strata
        ],
    )


@needs(Permission.REVIEW)
async def following(request: Request) -> Response:
    console, number = console_of(request), _number(request)
    turn_id = await console.run(next_for, number, visitor_of(request).account.id)
    if turn_id is None:
        return console.to(f"{_AUDITS}/{number}", done="audit")
    return console.to(f"{TURNS}/{turn_id}", round=number)


def _draw(
    connection: Connection,
    console: Console,
    visitor: Visitor,
    title: str,
    period: Filter,
    size: int,
    second_share: float,
    seed: int,
) -> Round | None:
    now = console.now()
    since, until = period.bounds(zone_of(console))
    assert since is not None and until is not None
    made = draw_round(connection, title, since, until, size, second_share, seed, visitor.account.id, now)
    if made:
        detail: Detail = {"size": made.size, "seed": seed, "second": second_share, **period.query()}
        audit.record(connection, visitor.actor, Action.SAMPLED, f"audit:{made.id}", now, detail=detail)
    return made


async def _list(request: Request, sample: Sample, status: int) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> list[tuple[Round, Result]]:
        found = rounds(connection)
        figures = results(connection, [about.id for about in found])
        return [(about, figures[about.id]) for about in found]

    found = await console.run(work)
    return console.page(
        request,
        "audits.html",
        status=status,
        found=[(about, figures, _last_day(console, about)) for about, figures in found],
        sample=sample,
        may_draw=visitor.may(Permission.AUDIT_SAMPLE),
        largest=LARGEST,
        longest_title=TITLE_LENGTH,
        **wording(console),
    )


def _last_day(console: Console, about: Round) -> date:
    """``until`` is the midnight after it."""
    return (datetime.fromtimestamp(about.until, zone_of(console)) - timedelta(seconds=1)).date()


def _number(request: Request) -> int:
    number = number_of(request.path_params["number"])
    if number is None:
        raise HTTPException(404)
    return number
