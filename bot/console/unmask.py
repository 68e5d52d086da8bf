"""Who a conversation is with: asked for with a reason, shown for 15 minutes under the viewer's name."""

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.conversations.erasing import hold_living
from bot.gateways.vault import Vault, open_vault
from bot.reviews.unmasking import (
    LONGEST_REASON,
    SHORTEST_REASON,
    Grant,
    Revealed,
    active_grant,
    grant,
    reveal,
)
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_UNMASK = "/console/unmask"
_LONGEST_ID = 32


def routes() -> list[Route]:
    return [
        Route(_UNMASK, asked, methods=["GET"]),
        Route(f"{_UNMASK}/{{conversation_id}}", shown, methods=["GET"]),
        Route(f"{_UNMASK}/{{conversation_id}}", granted, methods=["POST"]),
    ]


@needs(Permission.UNMASK)
async def asked(request: Request) -> Response:
    """Privacy officers come with the number of a conversation, not from a list."""
    console = console_of(request)
    wanted = request.query_params.get("conversation", "").strip()[:_LONGEST_ID]
    if wanted.isalnum() and wanted.isascii():
        return console.to(f"{_UNMASK}/{wanted}")
    return console.page(request, "unmask_find.html")


@needs(Permission.UNMASK)
async def shown(request: Request) -> Response:
    return await _page(request, "", 200)


@needs(Permission.UNMASK)
async def granted(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    here = request.path_params["conversation_id"]
    reason = str((await request.form()).get("reason", ""))

    def work(connection: Connection) -> Grant | None:
        now = console.now()
        given = grant(connection, visitor.account.id, here, reason, now)
        if given:
            detail = {"grant": given.id, "until": given.expires_at}
            audit.record(
                connection, visitor.actor, Action.UNMASKED, f"conversation:{here}", now, given.reason, detail
            )
        return given

    try:
        given = await console.run(work)
    except ValueError:
        return await _page(request, reason, 422)
    if given is None:
        raise HTTPException(404)
    return console.to(f"{_UNMASK}/{here}")


async def _page(request: Request, reason: str, status: int) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    here, now = request.path_params["conversation_id"], console.now()
    found = await console.run(_seen, console, visitor, here, now)
    if found is None:
        raise HTTPException(404)
    given, revealed = found
    return console.page(
        request,
        "unmask.html",
        status=status,
        conversation_id=here,
        given=given,
        revealed=revealed,
        reason=reason,
        faulty=status != 200,
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
        watermark=console.say("review_watermark", login=visitor.account.login, at=console.stamp(now)),
    )


def _seen(
    connection: Connection, console: Console, visitor: Visitor, here: str, now: float
) -> tuple[Grant | None, Revealed | None] | None:
    """Every look is recorded, not only the grant. None where there is no such conversation."""
    if not hold_living(connection, here):
        return None
    given = active_grant(connection, visitor.account.id, here, now)
    if given is None:
        return None, None
    vault = open_vault(console.settings)
    revealed = reveal(connection, given, lambda sealed: _opened(vault, sealed))
    detail = {"grant": given.id, "addresses": len(revealed.addresses), "contacts": len(revealed.contacts)}
    audit.record(
        connection, visitor.actor, Action.UNMASKED, f"conversation:{here}", now, given.reason, detail
    )
    return given, revealed


def _opened(vault: Vault, sealed: str) -> str | None:
    """None for what another installation sealed, or somebody changed."""
    plain = vault.open(sealed.encode())
    return None if plain is None else plain.decode()
