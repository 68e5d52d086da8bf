"""Imports of the catalogue: what was imported before, and a new file, which two people let in."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from wtforms import DateField  # type: ignore[import-untyped]

from bot.catalogue.contradictions import Checks
from bot.catalogue.enums import ImportKind
from bot.catalogue.importing.context import read_checks
from bot.catalogue.importing.jobs import NEEDS_DAY
from bot.catalogue.importing.report import RunState
from bot.catalogue.tables_context import import_run
from bot.console.catalogue import logins_of, today_of
from bot.console.context import console_of
from bot.console.forms import BooleanField, Form, Length, Optional, SelectField, StringField, named
from bot.console.guard import needs, visitor_of
from bot.console.imports_reading import ENDINGS, MOST_BYTES, FileError, rehearsed, take_in
from bot.console.imports_store import OPEN, Upload, Uploads
from bot.console.listing import number_of
from bot.console.record_words import RecordWords
from bot.console.shipped import shipped_of
from bot.staff.roles import Permission

IMPORTS = "/console/imports"
PAGE = 30
LARGER: Mapping[str, int] = {IMPORTS: MOST_BYTES + 1024 * 1024}
"""How much the form of a file may send, with what is around the file."""
_LONGEST_NAME = 150


class UploadForm(Form):
    """What a file cannot say itself; the file is read beside."""

    kind = SelectField("import_kind", choices=named(ImportKind))
    day = DateField("import_day", [Optional()], description="help_import_day")
    source = StringField(
        "import_source", [Length(max=300, message="error_too_long")], description="help_import_source"
    )
    complete = BooleanField("import_complete")


def routes() -> list[Route]:
    return [
        Route(IMPORTS, shown, methods=["GET"]),
        Route(IMPORTS, uploaded, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    return await _page(request, UploadForm())


@needs(Permission.EDIT)
async def uploaded(request: Request) -> Response:
    console, visitor, uploads = console_of(request), visitor_of(request), uploads_of(request)
    sent = await request.form()
    form, file = UploadForm(sent), sent.get("file")
    form.validate()
    if form.kind.data in {kind.value for kind in NEEDS_DAY} and not form.day.data and not form.day.errors:
        form.day.errors = ["error_import_day"]
    if form.day.data and form.day.data > today_of(console):
        form.day.errors = ["error_import_future"]
    if not isinstance(file, UploadFile) or not file.filename:
        return await _page(request, form, "error_import_file")
    name = file.filename.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_NAME:]
    if form.errors:
        return await _page(request, form)
    kind = ImportKind(form.kind.data)
    if not name.lower().endswith(ENDINGS[kind]):
        return await _page(request, form, "error_import_ending")
    made = uploads.new_id()
    try:
        digest, size = await run_in_threadpool(take_in, file.file, uploads.path(made, name))
    except FileError as error:
        return await _page(request, form, str(error))
    upload = Upload(
        id=made,
        name=name,
        kind=kind,
        sha256=digest,
        size=size,
        uploaded_by=visitor.account.id,
        uploaded_at=console.now(),
        day=form.day.data,
        source=(form.source.data or "").strip(),
        complete=bool(form.complete.data) and kind is ImportKind.LEVELS,
    )
    uploads.save(upload)
    engine, checks = console.work.engine, checks_of(request)
    await run_in_threadpool(rehearsed, engine, uploads, upload, checks, console.now())
    return console.to(f"{IMPORTS}/{made}", done="import_uploaded")


def uploads_of(request: Request) -> Uploads:
    return Uploads(console_of(request).settings.var_dir / "imports")


def checks_of(request: Request) -> Checks:
    """Tables the contradictions are found with."""
    return read_checks(shipped_of(request).data / console_of(request).settings.catalogue_dir.name)


async def _page(request: Request, form: UploadForm, blamed: str = "") -> Response:
    console, page = console_of(request), number_of(request.query_params.get("page", "")) or 0

    def work(connection: Connection) -> tuple[Sequence[Any], int, dict[int, str]]:
        newest = select(import_run).order_by(import_run.c.id.desc()).limit(PAGE).offset(page * PAGE)
        total = int(connection.execute(select(func.count()).select_from(import_run)).scalar_one())
        return connection.execute(newest).all(), total, logins_of(connection)

    runs, total, logins = await console.run(work)
    uploads = await run_in_threadpool(uploads_of(request).everything)
    return console.page(
        request,
        "imports.html",
        status=422 if form.errors or blamed else 200,
        form=form,
        blamed=blamed,
        runs=[(run, RunState(run.state)) for run in runs],
        newer=f"{IMPORTS}?page={page - 1}" if page else "",
        older=f"{IMPORTS}?page={page + 1}" if total > (page + 1) * PAGE else "",
        uploads=[one for one in uploads if one.state in OPEN]
        + [one for one in uploads if one.state not in OPEN][:10],
        logins=logins,
        origin=RecordWords(console.texts).origin,
        kinds=named(ImportKind),
        endings=", ".join(ending for endings in ENDINGS.values() for ending in endings),
        most=MOST_BYTES // 2**20,
        may_edit=visitor_of(request).may(Permission.EDIT),
    )
