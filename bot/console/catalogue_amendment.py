"""One change of a record: what it changes and on what it stands, and the decision of a second person."""

import logging
from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import proposals
from bot.amendments.applying import apply_due
from bot.amendments.proposals import Amendment, AmendmentError, FourEyesError
from bot.amendments.states import AmendmentState
from bot.catalogue.amending import apply_patch
from bot.catalogue.contradictions import Contradiction, find
from bot.catalogue.records import Procedure
from bot.console.catalogue import CATALOGUE, iso_day_text, logins_of, today_of
from bot.console.catalogue_faults import FAULTS
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.imports import checks_of
from bot.console.listing import number_of
from bot.console.record_diff import of_amendment
from bot.console.record_versions import agency_names, present
from bot.console.record_words import RecordWords
from bot.staff.roles import Permission

logger = logging.getLogger(__name__)
_LONGEST = 500


@dataclass(frozen=True)
class Sheet:
    """``procedure``: as it is now; None when it is no longer in the catalogue."""

    change: Amendment
    procedure: Procedure | None
    agencies: dict[str, str]
    logins: dict[int, str]


def routes() -> list[Route]:
    one = f"{CATALOGUE}/amendments/{{amendment_id}}"
    return [
        Route(one, shown, methods=["GET"]),
        Route(f"{one}/approve", approved, methods=["POST"]),
        Route(f"{one}/refuse", refused, methods=["POST"]),
        Route(f"{one}/withdraw", withdrawn, methods=["POST"]),
        Route(f"{one}/revert", reverted, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    sheet = await console.run(_sheet, _id(request))
    if sheet is None:
        raise HTTPException(404)
    change = sheet.change
    fresh: tuple[Contradiction, ...] = ()
    if change.state is AmendmentState.PROPOSED and sheet.procedure is not None:
        fresh = _fresh(request, sheet.procedure, change)
    return console.page(
        request,
        "amendment.html",
        sheet=sheet,
        change=change,
        differences=of_amendment(RecordWords(console.texts, sheet.agencies), change),
        fresh=fresh,
        day=iso_day_text,
        logins=sheet.logins,
        own=change.proposed_by == visitor.account.id,
        proposed=change.state is AmendmentState.PROPOSED,
        revertible=change.state in (AmendmentState.APPROVED, AmendmentState.IN_FORCE),
        may_approve=visitor.may(Permission.APPROVE),
        longest=_LONGEST,
    )


@needs(Permission.APPROVE)
async def approved(request: Request) -> Response:
    return await _decide(request, True)


@needs(Permission.APPROVE)
async def refused(request: Request) -> Response:
    return await _decide(request, False)


@needs(Permission.EDIT)
async def withdrawn(request: Request) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _id(request)
    here = f"{CATALOGUE}/amendments/{number}"
    if not await console.run(proposals.withdraw, visitor.actor, number, console.now()):
        return console.to(here, fault="record_decided")
    return console.to(here, done="record_withdrawn")


@needs(Permission.APPROVE)
async def reverted(request: Request) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _id(request)
    reason, here = await _words(request, "reason"), f"{CATALOGUE}/amendments/{number}"
    if not reason:
        return console.to(here, fault="reason")
    checks = checks_of(request)
    try:
        done = await console.run(proposals.revert, visitor.actor, number, reason, console.now(), checks)
    except AmendmentError as error:
        return console.to(here, fault=FAULTS[error.fault].removeprefix("fault_"))
    return console.to(here, done="record_reverted") if done else console.to(here, fault="record_decided")


async def _decide(request: Request, approve: bool) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _id(request)
    comment, here = await _words(request, "comment"), f"{CATALOGUE}/amendments/{number}"
    today, now = today_of(console).isoformat(), console.now()
    try:
        decided = await console.run(proposals.decide, visitor.actor, number, approve, comment, today, now)
    except FourEyesError:
        return console.to(here, fault="four_eyes")
    except AmendmentError as error:
        return console.to(here, fault=FAULTS[error.fault].removeprefix("fault_"))
    if not decided:
        return console.to(here, fault="record_decided")
    if not approve:
        return console.to(here, done="record_refused")
    try:
        await run_in_threadpool(apply_due, console.work.engine, today, now, checks_of(request))
    except Exception as error:
        # Approved it is; the next hour applies it.
        logger.error("an approved change was not applied: %s", type(error).__name__)
        return console.to(here, fault="record_later")
    return console.to(here, done="record_approved")


def _sheet(connection: Connection, amendment_id: int) -> Sheet | None:
    change = proposals.find(connection, amendment_id)
    if change is None:
        return None
    procedure = present(connection, change.code)
    return Sheet(change, procedure, agency_names(connection, procedure), logins_of(connection))


def _fresh(request: Request, procedure: Procedure, change: Amendment) -> tuple[Contradiction, ...]:
    """Contradictions the record would have with the change, and has not now."""
    checks = checks_of(request)
    try:
        after = find(apply_patch(procedure, change.patch), checks)
    except ValueError:
        return ()
    known = find(procedure, checks)
    return tuple(one for one in after if one not in known)


def _id(request: Request) -> int:
    found = number_of(str(request.path_params["amendment_id"]))
    if found is None:
        raise HTTPException(404)
    return found


async def _words(request: Request, field: str) -> str:
    return str((await request.form()).get(field, "")).strip()[:_LONGEST]
