"""The first page: what my roles may do."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.staff.roles import Permission


def routes() -> list[Route]:
    return [Route("/console/", home)]


@needs()
async def home(request: Request) -> Response:
    visitor = visitor_of(request)
    allowed = [permission for permission in Permission if visitor.may(permission)]
    return console_of(request).page(request, "home.html", allowed=allowed)
