"""Consents of citizens, for reading: only they themselves give and take them back."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs
from bot.notices.purpose import Purpose
from bot.privacy.consents import Given, Tally, consents, tallies
from bot.staff.roles import Permission

CONSENTS = "/console/consents"
_PAGE = 50
_LARGEST_ID = 2**31 - 1
_STANDING = {"standing": True, "withdrawn": False}


def routes() -> list[Route]:
    return [Route(CONSENTS, listed, methods=["GET"])]


@needs(Permission.PRIVACY_DESK)
async def listed(request: Request) -> Response:
    console, asked = console_of(request), request.query_params
    wanted = asked.get("purpose", "")
    purpose = Purpose(wanted) if wanted in set(Purpose) else None
    standing = _STANDING.get(asked.get("standing", ""))
    conversation = asked.get("conversation", "").strip()[:32]
    before = asked.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and int(before) <= _LARGEST_ID else None

    def work(connection: Connection) -> tuple[list[Given], list[Tally]]:
        found = consents(connection, purpose, standing, conversation, before_id, _PAGE + 1)
        return found, tallies(connection)

    found, counted = await console.run(work)
    return console.page(
        request,
        "consents.html",
        consents=found[:_PAGE],
        older=found[_PAGE - 1].id if len(found) > _PAGE else None,
        tallies=counted,
        purposes=list(Purpose),
        purpose=purpose,
        standing=standing,
        conversation=conversation,
    )
