"""The first page: what waits for me, and what my roles may do."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.handoffs import queues
from bot.staff import accounts
from bot.staff.roles import Permission


@dataclass(frozen=True)
class Counted:
    """``key``: of the text; ``path``: where they are."""

    key: str
    count: int
    path: str


def routes() -> list[Route]:
    return [Route("/console/", home)]


@needs()
async def home(request: Request) -> Response:
    visitor = visitor_of(request)
    allowed = [permission for permission in Permission if visitor.may(permission)]
    counted = await console_of(request).run(_counted, visitor)
    return console_of(request).page(request, "home.html", allowed=allowed, counted=counted)


def _counted(connection: Connection, visitor: Visitor) -> list[Counted]:
    """What waits for this member of staff."""
    found: list[Counted] = []
    if visitor.may(Permission.READ_QUEUE):
        counts = queues.counts(connection, visitor.account.id)
        found += [
            Counted("home_waiting", counts.waiting, "/console/queue"),
            Counted("home_mine", counts.mine, "/console/queue?view=mine"),
            Counted("home_left", counts.left, "/console/queue?view=left"),
        ]
    if visitor.may(Permission.MANAGE_STAFF):
        active = [account for account in accounts.everyone(connection) if account.active]
        bare = sum(not account.has_factor for account in active)
        found += [
            Counted("home_accounts", len(active), "/console/staff"),
            Counted("home_bare", bare, "/console/staff"),
        ]
    return found
