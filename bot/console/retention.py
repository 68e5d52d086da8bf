"""What is kept longer than it may be: counted first, deleted on order."""

import json

from cryptography.fernet import InvalidToken
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import needs, visitor_of
from bot.console.privacy_erasing import forget, key_of
from bot.privacy import keeping
from bot.privacy.keeping import Kept
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

RETENTION = "/console/retention"
_VALID_SECONDS = 3600
_STEPS = 25
"""Transactions of one run: more are left to the next, so that nobody waits for the page too long."""


def routes() -> list[Route]:
    return [Route(RETENTION, previewed, methods=["GET"]), Route(RETENTION, run, methods=["POST"])]


@needs(Permission.PRIVACY_DESK)
async def previewed(request: Request) -> Response:
    console = console_of(request)
    due = await console.run(keeping.preview, console.settings.chat_days, console.now())
    history = await console.run(lambda c: audit.entries(c, limit=10, action=Action.RETENTION_RUN))
    return console.page(
        request,
        "retention.html",
        due=due,
        days=console.settings.chat_days,
        file_days=console.settings.blob_days,
        ticket=_ticket(console, due.before),
        history=history,
    )


@needs(Permission.PRIVACY_DESK)
async def run(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    before = _before(console, str((await request.form()).get("ticket", "")))
    if before is None:
        return console.to(RETENTION, fault="preview_first")
    key = key_of(console)
    erased = messages = 0
    over = False
    for _ in range(_STEPS):
        kept: Kept = await console.run(keeping.step, before, console.now(), key)
        if kept.over:
            over = True
            break
        erased, messages = erased + len(kept.conversations), messages + kept.messages
        await forget(console, kept.conversations)
    await console.run(keeping.finish, visitor.actor, before, erased, messages, console.now())
    return console.to(RETENTION, done="retention") if over else console.to(RETENTION, done="retention_part")


def _ticket(console: Console, before: float) -> str:
    """Nothing is deleted but what somebody has just seen counted."""
    plain = json.dumps({"before": before}).encode()
    return console.seal.encrypt_at_time(plain, int(console.now())).decode()


def _before(console: Console, ticket: str) -> float | None:
    try:
        plain = console.seal.decrypt_at_time(ticket.encode(), _VALID_SECONDS, int(console.now()))
    except InvalidToken:
        return None
    return float(json.loads(plain)["before"])
