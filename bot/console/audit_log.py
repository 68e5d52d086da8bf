"""The audit log: who did what, and whether the log is whole."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.staff import accounts, audit
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.chain import Entry, Fault, Head
from bot.staff.roles import Permission

_LOG = "/console/audit-log"
_PAGE = 50
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Wanted:
    """What a page of the log shows; anything that makes no sense in the address counts as not given."""

    account_id: int | None
    action: Action | None
    object: str
    before_id: int | None

    @classmethod
    def of(cls, request: Request) -> "Wanted":
        asked = request.query_params
        action = asked.get("action", "")
        return cls(
            account_id=_number(asked.get("account", "")),
            action=Action(action) if action in set(Action) else None,
            object=asked.get("object", "").strip()[:160],
            before_id=_number(asked.get("before", "")),
        )

    def address(self, before_id: int) -> str:
        """Of the page with the entries before this one."""
        query = {
            "account": self.account_id or "",
            "action": self.action.value if self.action else "",
            "object": self.object,
            "before": before_id,
        }
        return f"{_LOG}?{urlencode(query)}"


@dataclass(frozen=True)
class Verified:
    """``fault``: None when the log is whole; ``head``: to note elsewhere."""

    fault: Fault | None
    head: Head


def routes() -> list[Route]:
    return [Route(_LOG, log, methods=["GET"]), Route(f"{_LOG}/verify", verified, methods=["POST"])]


@needs(Permission.READ_AUDIT)
async def log(request: Request) -> Response:
    return await _page(request, None)


@needs(Permission.READ_AUDIT)
async def verified(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> Verified:
        found = Verified(audit.verify(connection), audit.head(connection))
        detail = {"whole": found.fault is None, "entry": found.fault.entry_id if found.fault else None}
        now = console.now()
        audit.record(connection, visitor.actor, Action.AUDIT_VERIFIED, "audit", now, detail=detail)
        return found

    return await _page(request, await console.run(work))


async def _page(request: Request, outcome: Verified | None) -> Response:
    console, wanted = console_of(request), Wanted.of(request)

    def work(connection: Connection) -> tuple[list[Entry], list[Account]]:
        entries = audit.entries(
            connection,
            before_id=wanted.before_id,
            limit=_PAGE + 1,
            account_id=wanted.account_id,
            action=wanted.action,
            object=wanted.object,
        )
        return entries, accounts.everyone(connection)

    entries, everyone = await console.run(work)
    shown, older = entries[:_PAGE], entries[_PAGE:]
    return console.page(
        request,
        "audit_log.html",
        entries=shown,
        older=wanted.address(shown[-1].id) if older else "",
        wanted=wanted,
        accounts=everyone,
        actions=list(Action),
        outcome=outcome,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _LARGEST_ID else None
