"""Changing a record: the form, a preview of what citizens would be told differently, and the proposal."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from msgspec.structs import replace
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments import proposals
from bot.amendments.proposals import AmendmentError, Basis
from bot.catalogue.contradictions import Contradiction, find
from bot.catalogue.records import Procedure
from bot.catalogue.rows import content_hash
from bot.console.catalogue import CATALOGUE
from bot.console.catalogue_faults import FAULTS
from bot.console.context import Console, console_of
from bot.console.guard import Handler, needs, visitor_of
from bot.console.imports import checks_of
from bot.console.listing import number_of
from bot.console.record_diff import Difference, differences
from bot.console.record_form import BASIS, GROUPS, LISTS, TEXTS, RecordForm, form_of, orphans, record_of
from bot.console.record_patch import patch_of
from bot.console.record_versions import agency_names, present
from bot.console.record_words import TITLES, RecordWords
from bot.conversations.turns import find_turn
from bot.staff.roles import Permission

_MOST_FIELDS = 6000
_NEW_ROW = "NNN"


@dataclass(frozen=True)
class Preview:
    """``hash``: of the record that was shown; ``fresh``, ``solved``: contradictions it would have or lose."""

    hash: str
    differences: tuple[Difference, ...]
    fresh: tuple[Contradiction, ...]
    solved: tuple[Contradiction, ...]


def roomy(handler: Handler) -> Handler:
    """Before the guard: a long record has more fields than a form may usually have."""

    @wraps(handler)
    async def read(request: Request) -> Response:
        if request.method == "POST":
            await request.form(max_fields=_MOST_FIELDS)
        return await handler(request)

    return read


def routes() -> list[Route]:
    return [
        Route(f"{CATALOGUE}/{{code}}/edit", shown, methods=["GET"]),
        Route(f"{CATALOGUE}/{{code}}/edit", sent, methods=["POST"]),
    ]


@needs(Permission.EDIT)
async def shown(request: Request) -> Response:
    procedure, agencies = await _record(request)
    turn = number_of(request.query_params.get("turn", ""))
    return _page(request, procedure, agencies, form_of(procedure), turn=turn)


@roomy
@needs(Permission.EDIT)
async def sent(request: Request) -> Response:
    console, fields = console_of(request), await request.form()
    procedure, agencies = await _record(request)
    form, turn = RecordForm(fields), number_of(str(fields.get("turn", "")))
    form.settle_cases()
    if (group := str(fields.get("add", ""))) in GROUPS:
        form.add(group)
        return _page(request, procedure, agencies, form, turn=turn)
    wholly = form.validate()
    if "preview" in fields:
        for name in BASIS:
            form[name].errors = [] if not form[name].data else form[name].errors
        wholly = not form.errors
    if orphans(form, procedure) or not wholly:
        return _page(request, procedure, agencies, form, turn=turn, faulty=True)
    if fields.get("seen") != _seen(procedure):
        return _page(request, procedure, agencies, form, turn=turn, refused="fault_record_changed")
    changed = record_of(form, procedure)
    patch = patch_of(procedure, changed)
    if not patch:
        return _page(request, procedure, agencies, form, turn=turn, refused="fault_record_same")
    preview = _preview(request, RecordWords(console.texts, agencies), procedure, changed)
    if "preview" in fields or fields.get("previewed") != preview.hash:
        return _page(request, procedure, agencies, form, preview, turn=turn)
    return await _propose(request, procedure, agencies, form, preview, patch, turn)


async def _propose(
    request: Request,
    procedure: Procedure,
    agencies: Mapping[str, str],
    form: RecordForm,
    preview: Preview,
    patch: dict[str, Any],
    turn: int | None,
) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    basis = Basis(
        reason=form.reason.data,
        source_title=form.source_title.data,
        source_url=form.source_url.data or None,
        source_day=form.source_day.data.isoformat() if form.source_day.data else None,
        valid_from=form.first_day.data.isoformat() if form.first_day.data else None,
    )

    def work(connection: Connection) -> int:
        # The address may name a turn that is not there, or no longer.
        known = turn if turn is not None and find_turn(connection, turn) else None
        return proposals.propose(
            connection, visitor.actor, procedure.code, patch, basis, console.now(), known
        )

    try:
        made = await console.run(work)
    except AmendmentError as error:
        key = FAULTS[error.fault]
        return _page(request, procedure, agencies, form, preview, turn=turn, refused=key)
    return console.to(f"{CATALOGUE}/amendments/{made}", done="record_proposed")


def _seen(procedure: Procedure) -> str:
    """What an editor saw; the day of a check is no change of it."""
    return content_hash(replace(procedure, source=replace(procedure.source, checked_on=None)))


def _preview(request: Request, words: RecordWords, old: Procedure, new: Procedure) -> Preview:
    checks = checks_of(request)
    before, after = find(old, checks), find(new, checks)
    return Preview(
        hash=content_hash(new),
        differences=differences(words, old, new),
        fresh=tuple(one for one in after if one not in before),
        solved=tuple(one for one in before if one not in after),
    )


async def _record(request: Request) -> tuple[Procedure, Mapping[str, str]]:
    def work(connection: Connection, code: str) -> tuple[Procedure | None, Mapping[str, str]]:
        found = present(connection, code)
        return found, agency_names(connection, found)

    procedure, agencies = await console_of(request).run(work, str(request.path_params["code"]))
    if procedure is None:
        raise HTTPException(404)
    return procedure, agencies


def _page(
    request: Request,
    procedure: Procedure,
    agencies: Mapping[str, str],
    form: RecordForm,
    preview: Preview | None = None,
    *,
    turn: int | None = None,
    refused: str = "",
    faulty: bool = False,
) -> Response:
    console: Console = console_of(request)
    form.settle_cases()
    return console.page(
        request,
        "record_edit.html",
        status=422 if faulty or refused else 200,
        procedure=procedure,
        form=form,
        preview=preview,
        refused=refused,
        faulty=faulty,
        seen=_seen(procedure),
        turn=turn,
        texts=TEXTS,
        lists=LISTS,
        titles={group: TITLES[group] for group in GROUPS},
        blank={group: kind(prefix=f"{group}-{_NEW_ROW}") for group, kind in GROUPS.items()},
        new_row=_NEW_ROW,
    )
