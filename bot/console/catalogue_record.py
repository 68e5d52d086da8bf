"""One record: as citizens get it, over time, what disagrees in it, and who changed what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import checking, proposals
from bot.amendments.proposals import Amendment, AmendmentError
from bot.amendments.states import AmendmentState
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.importing.report import is_code
from bot.catalogue.records import Procedure
from bot.catalogue.tables_amendments import record_check
from bot.console.catalogue import CATALOGUE, day_text, iso_day_text, logins_of, today_of
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.imports import checks_of
from bot.console.record_diff import told
from bot.console.record_versions import Version, agency_names, disputes, last_known, present, versions
from bot.console.record_words import TITLES, RecordWords
from bot.staff.roles import Permission

_SILENT = ("curated", "popularity")
"""Of no use to citizens."""
_NOTE = 500


@dataclass(frozen=True)
class Sheet:
    """Everything the page shows. ``procedure``: None for one that is no longer in the catalogue."""

    procedure: Procedure | None
    name: str
    versions: list[Version]
    disputes: list[tuple[ContradictionKind, str, datetime]]
    amendments: list[Amendment]
    agencies: dict[str, str]
    checked: tuple[str, float, int, str] | None
    logins: dict[int, str]


def routes() -> list[Route]:
    return [
        Route(f"{CATALOGUE}/{{code}}", shown, methods=["GET"]),
        Route(f"{CATALOGUE}/{{code}}/check", checked, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, code = console_of(request), _code(request)
    sheet = await console.run(_sheet, code)
    if not sheet.versions:
        raise HTTPException(404)
    words = RecordWords(console.texts, sheet.agencies)
    procedure = sheet.procedure
    facts = [
        (words.title(field), words.lines(procedure, field))
        for field in TITLES
        if procedure is not None and field not in _SILENT
    ]
    return console.page(
        request,
        "record.html",
        code=code,
        sheet=sheet,
        procedure=procedure,
        facts=facts,
        standing=[one for one in sheet.amendments if one.state in _STANDING],
        past=[one for one in sheet.amendments if one.state not in _STANDING],
        origin=words.origin,
        told=lambda version: told(words, version.changes),
        day=day_text,
        iso_day=iso_day_text,
        today=day_text(today_of(console)),
        longest_note=_NOTE,
        may_edit=visitor_of(request).may(Permission.EDIT),
    )


_STANDING = (AmendmentState.PROPOSED, AmendmentState.APPROVED, AmendmentState.IN_FORCE)


@needs(Permission.EDIT)
async def checked(request: Request) -> Response:
    console, visitor, code = console_of(request), visitor_of(request), _code(request)
    note = str((await request.form()).get("note", "")).strip()
    if not note or len(note) > _NOTE:
        return console.to(f"{CATALOGUE}/{code}", fault="record_note")
    today, checks = today_of(console).isoformat(), checks_of(request)
    try:
        known = not await console.run(
            checking.confirm, visitor.actor, code, today, note, console.now(), checks
        )
    except AmendmentError:
        return console.to(f"{CATALOGUE}/{code}", fault="record_gone")
    if known:
        return console.to(f"{CATALOGUE}/{code}", fault="record_checked_before")
    return console.to(f"{CATALOGUE}/{code}", done="record_checked")


def _sheet(connection: Connection, code: str) -> Sheet:
    procedure = present(connection, code)
    query = select(record_check).where(record_check.c.code == code)
    check = connection.execute(query).one_or_none()
    return Sheet(
        procedure=procedure,
        name=procedure.name if procedure else last_known(connection, code),
        versions=versions(connection, code),
        disputes=[(ContradictionKind(kind), words, at) for kind, words, at in disputes(connection, code)],
        amendments=proposals.of_code(connection, code),
        agencies=agency_names(connection, procedure),
        checked=(check.day, check.at, check.account_id, check.note) if check else None,
        logins=logins_of(connection),
    )


def _code(request: Request) -> str:
    code = str(request.path_params["code"])
    if not is_code(code):
        raise HTTPException(404)
    return code
