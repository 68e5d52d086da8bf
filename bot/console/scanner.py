"""The masking scanner: which tables and columns hold identifiers nobody masked, never which ones."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.shipped import shipped_of
from bot.privacy.exempt import COLUMNS, TABLES
from bot.privacy.public import public_values
from bot.privacy.scanning import Scan, scan
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.chain import Entry
from bot.staff.roles import Permission
from bot.text.identifiers import Kind

SCANNER = "/console/scanner"
_NEWEST = 5_000
"""Rows of each table that a page can wait for; the command line looks at all."""

IDENTIFIERS = {
    Kind.CITIZEN_ID: "identifier_citizen_id",
    Kind.OLD_ID: "identifier_old_id",
    Kind.PHONE: "identifier_phone",
    Kind.TAX_OR_INSURANCE: "identifier_tax_or_insurance",
    Kind.PLATE: "identifier_plate",
    Kind.EMAIL: "identifier_email",
    Kind.BANK_ACCOUNT: "identifier_bank_account",
    Kind.OTP: "identifier_otp",
    Kind.BIRTH_DATE: "identifier_birth_date",
}


def routes() -> list[Route]:
    return [Route(SCANNER, shown, methods=["GET"]), Route(SCANNER, scanned, methods=["POST"])]


@needs(Permission.PRIVACY_DESK)
async def shown(request: Request) -> Response:
    return await _page(request, None)


@needs(Permission.PRIVACY_DESK)
async def scanned(request: Request) -> Response:
    console, visitor, shipped = console_of(request), visitor_of(request), shipped_of(request)

    def look(connection: Connection) -> Scan:
        def public() -> frozenset[str]:
            return public_values(connection, shipped.root, shipped.settings.data_dir)

        return scan(connection, public, _NEWEST)

    def note(connection: Connection) -> None:
        detail = {"tables": found.tables, "texts": found.cells, "hits": found.count, "partly": found.partly}
        audit.record(connection, visitor.actor, Action.SCANNED, "database", console.now(), detail=detail)

    # Two transactions: nobody else could write to the audit log while the first one reads.
    found = await console.run(look)
    await console.run(note)
    return await _page(request, found)


async def _page(request: Request, found: Scan | None) -> Response:
    console = console_of(request)

    def work(connection: Connection) -> list[Entry]:
        return audit.entries(connection, limit=10, action=Action.SCANNED)

    return console.page(
        request,
        "scanner.html",
        found=found,
        identifiers=IDENTIFIERS,
        history=await console.run(work),
        newest=_NEWEST,
        tables=sorted(TABLES),
        columns=sorted(f"{table}.{column}" for table, column in COLUMNS),
    )
