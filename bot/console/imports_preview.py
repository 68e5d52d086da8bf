"""One file: what importing it would do, and the decision of a second person."""

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.catalogue.repository import Repository
from bot.console.catalogue import logins_of
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.imports import IMPORTS, checks_of, uploads_of
from bot.console.imports_reading import ChangedFileError, imported, rehearsed, settled
from bot.console.imports_store import OPEN, BusyError, Upload, UploadState
from bot.console.listing import number_of
from bot.console.procedures import labels
from bot.console.record_diff import told
from bot.console.record_words import RecordWords
from bot.staff.roles import Permission

PAGE = 50
_LONGEST = 500
_PARTS = {
    "changed": "import_part_changed",
    "added": "import_part_added",
    "retired": "import_part_retired",
    "rejected": "import_part_rejected",
    "contradictions": "import_part_contradictions",
}


def routes() -> list[Route]:
    one = f"{IMPORTS}/{{upload_id}}"
    return [
        Route(one, shown, methods=["GET"]),
        Route(f"{one}/approve", approved, methods=["POST"]),
        Route(f"{one}/refuse", refused, methods=["POST"]),
        Route(f"{one}/withdraw", withdrawn, methods=["POST"]),
        Route(f"{one}/again", tried_again, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, upload = console_of(request), _upload(request)
    visitor, uploads = visitor_of(request), uploads_of(request)
    report = await run_in_threadpool(uploads.preview, upload)
    part = request.query_params.get("part", "")
    if report and part not in _PARTS:
        part = next((name for name in _PARTS if getattr(report, name)), "changed")
    page = number_of(request.query_params.get("page", "")) or 0
    every = getattr(report, part) if report else ()
    rows: tuple[Any, ...] = tuple(every[page * PAGE : (page + 1) * PAGE])
    codes = {row if isinstance(row, str) else getattr(row, "code", "") for row in rows}
    words = RecordWords(console.texts)
    revision = await run_in_threadpool(Repository(console.work.engine).revision)

    def address(part: str, page: int = 0) -> str:
        return f"{IMPORTS}/{upload.id}?{urlencode({'part': part, 'page': page})}"

    return console.page(
        request,
        "import.html",
        upload=upload,
        report=report,
        counts=[(name, len(getattr(report, name))) for name in _PARTS] if report else [],
        part=part,
        parts=_PARTS,
        rows=rows,
        names=await console.run(labels, codes),
        told=lambda change: told(words, change.fields),
        newer=address(part, page - 1) if page else "",
        older=address(part, page + 1) if len(every) > (page + 1) * PAGE else "",
        address=address,
        undecided=upload.state in OPEN,
        outdated=upload.state in OPEN and upload.revision != revision,
        own=upload.uploaded_by == visitor.account.id,
        may_edit=visitor.may(Permission.EDIT),
        may_approve=visitor.may(Permission.APPROVE),
        logins=await console.run(logins_of),
        longest=_LONGEST,
    )


@needs(Permission.APPROVE)
async def approved(request: Request) -> Response:
    console, visitor, upload = console_of(request), visitor_of(request), _upload(request)
    form = await request.form()
    comment, here = str(form.get("comment", "")).strip()[:_LONGEST], f"{IMPORTS}/{upload.id}"
    if upload.uploaded_by == visitor.account.id:
        return console.to(here, fault="four_eyes")
    if upload.state not in OPEN:
        return console.to(here, fault="import_decided")
    if form.get("sha256") != upload.sha256:
        return console.to(here, fault="import_other_file")
    uploads, checks, now = uploads_of(request), checks_of(request), console.now()
    engine = console.work.engine

    def work() -> bool:
        with uploads.alone(upload) as standing:
            if standing.state not in OPEN or standing.revision != Repository(engine).revision():
                return False
            imported(engine, uploads, standing, checks, visitor.actor, comment, now)
            return True

    try:
        done = await run_in_threadpool(work)
    except BusyError:
        return console.to(here, fault="import_busy")
    except ChangedFileError:
        return console.to(here, fault="import_other_file")
    return console.to(here, done="imported") if done else console.to(here, fault="import_outdated")


@needs(Permission.APPROVE)
async def refused(request: Request) -> Response:
    return await _settle(request, UploadState.REFUSED)


@needs(Permission.EDIT)
async def withdrawn(request: Request) -> Response:
    if _upload(request).uploaded_by != visitor_of(request).account.id:
        raise HTTPException(403)
    return await _settle(request, UploadState.WITHDRAWN)


@needs(Permission.EDIT, Permission.APPROVE)
async def tried_again(request: Request) -> Response:
    """The catalogue became another one since the preview was made."""
    console, upload, uploads = console_of(request), _upload(request), uploads_of(request)
    engine, checks, now = console.work.engine, checks_of(request), console.now()

    def work() -> bool:
        with uploads.alone(upload) as standing:
            if standing.state not in OPEN:
                return False
            rehearsed(engine, uploads, standing, checks, now)
            return True

    return await _decided(request, upload, work, done="import_tried")


async def _settle(request: Request, state: UploadState) -> Response:
    console, upload, uploads = console_of(request), _upload(request), uploads_of(request)
    comment = str((await request.form()).get("comment", "")).strip()[:_LONGEST]
    account_id = visitor_of(request).account.id

    def work() -> bool:
        with uploads.alone(upload) as standing:
            if standing.state not in OPEN:
                return False
            settled(uploads, standing, state, account_id, comment, console.now())
            return True

    return await _decided(request, upload, work, done="import_settled")


async def _decided(request: Request, upload: Upload, work: Any, *, done: str) -> Response:
    console, here = console_of(request), f"{IMPORTS}/{upload.id}"
    try:
        if await run_in_threadpool(work):
            return console.to(here, done=done)
    except BusyError:
        return console.to(here, fault="import_busy")
    return console.to(here, fault="import_decided")


def _upload(request: Request) -> Upload:
    found = uploads_of(request).find(str(request.path_params["upload_id"]))
    if found is None:
        raise HTTPException(404)
    return found
