"""Figures as files."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.figures import file_of
from bot.console.guard import needs, visitor_of
from bot.console.period_choice import chosen
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.steering.export import MEDIA_TYPES, Format, export, file_name
from bot.steering.report import Group, Report, measure

PATH = "/console/exports"
_NAMES = {Format.JSON: "exports_json", Format.CSV: "exports_csv", Format.XLSX: "exports_xlsx"}


def routes() -> list[Route]:
    return [Route(PATH, form, methods=["GET"]), Route(PATH, download, methods=["POST"])]


@needs(Permission.ANALYSE)
async def form(request: Request) -> Response:
    return _page(request, 200)


@needs(Permission.ANALYSE)
async def download(request: Request) -> Response:
    """The file; what was exported is in the audit log."""
    console, visitor = console_of(request), visitor_of(request)
    given = await request.form()
    choice = chosen({key: str(value) for key, value in given.items()}, console)
    formats = {one.value: one for one in Format}
    wanted = formats.get(str(given.get("format", "")))
    groups = [group for group in Group if group.value in given.getlist("group")]
    if wanted is None or not groups or not choice.understood:
        return _page(request, 422, mistaken=True)
    names = file_of(console)

    def work(connection: Connection) -> tuple[Report, bytes]:
        now = console.now()
        detail = {**choice.query, "format": wanted.value, "groups": ",".join(group.value for group in groups)}
        audit.record(connection, visitor.actor, Action.EXPORTED, "figures", now, detail=detail)
        report = measure(connection, groups, choice.period, names, now)
        return report, export(report, wanted)

    report, content = await console.run(work)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(report, wanted)}"'}
    return Response(content, headers=headers, media_type=MEDIA_TYPES[wanted])


def _page(request: Request, status: int, mistaken: bool = False) -> Response:
    console = console_of(request)
    names = file_of(console)
    return console.page(
        request,
        "exports.html",
        status=status,
        choice=chosen(request.query_params, console),
        groups=[(group.value, names.groups[group.value]) for group in Group],
        formats=[(one.value, _NAMES[one]) for one in Format],
        mistaken=mistaken,
        folder=console.settings.export_dir,
    )
