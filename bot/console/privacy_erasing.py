"""Erasing for a request: first what would go, then the deed with its report."""

import logging

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.brain import open_brain
from bot.channels.web.context import erasure_key
from bot.console.context import Console, console_of
from bot.console.guard import needs, visitor_of
from bot.console.privacy import PRIVACY
from bot.console.privacy_request import EraseForm, asked_for, request_page
from bot.keys import web_secret
from bot.privacy import cascade, requests
from bot.privacy.cascade import NothingError, Report
from bot.privacy.kinds import RequestKind, RequestState
from bot.privacy.request import Request as Asked
from bot.privacy.requests import WrongStepError
from bot.staff.roles import Permission

logger = logging.getLogger(__name__)
_ONE = f"{PRIVACY}/{{number:int}}/erase"


def routes() -> list[Route]:
    return [Route(_ONE, previewed, methods=["GET"]), Route(_ONE, erased, methods=["POST"])]


@needs(Permission.PRIVACY_DESK)
async def previewed(request: Request) -> Response:
    return await _preview(request, EraseForm())


@needs(Permission.PRIVACY_DESK)
async def erased(request: Request) -> Response:
    console, visitor, form = console_of(request), visitor_of(request), EraseForm(await request.form())
    if not form.validate():
        return await _preview(request, form)
    key = key_of(console)

    def work(connection: Connection) -> Report:
        asked = _ready(connection, request)
        now = console.now()
        report = cascade.erase_all(
            connection, visitor.actor, asked.conversation_id or "", form.reason.data, now, key
        )
        requests.attach_report(connection, asked.id, report.plain(), now)
        return report

    number = request.path_params["number"]
    try:
        report = await console.run(work)
    except NothingError:
        return console.to(f"{PRIVACY}/{number}", fault="erased_before")
    except WrongStepError:
        return console.to(f"{PRIVACY}/{number}", fault="request_step")
    if not await forget(console, report.conversations):
        return console.to(f"{PRIVACY}/{number}", fault="not_forgotten")
    return console.to(f"{PRIVACY}/{number}", done="erased")


async def forget(console: Console, conversations: tuple[str, ...]) -> bool:
    """Delete what Rasa keeps of them; whether that could be done. The gateway does it anew when it starts."""
    brain = open_brain(console.settings)
    try:
        for conversation_id in conversations:
            await brain.forget(conversation_id)
    except Exception as error:
        logger.error("Rasa did not forget an erased conversation: %s", type(error).__name__)
        return False
    finally:
        await brain.close()
    return True


def key_of(console: Console) -> bytes:
    """The key of tombstones, the same that the gateway uses."""
    return erasure_key(web_secret(console.settings))


async def _preview(request: Request, form: EraseForm) -> Response:
    console = console_of(request)
    key = key_of(console)

    def work(connection: Connection) -> tuple[Asked, Report]:
        asked = _ready(connection, request)
        return asked, cascade.preview(connection, asked.conversation_id or "", console.now(), key)

    number = request.path_params["number"]
    try:
        asked, report = await console.run(work)
    except NothingError:
        return console.to(f"{PRIVACY}/{number}", fault="erased_before")
    except WrongStepError:
        return await request_page(request)
    status = 422 if form.errors else 200
    return console.page(request, "privacy_erase.html", status=status, asked=asked, report=report, form=form)


def _ready(connection: Connection, request: Request) -> Asked:
    asked = asked_for(connection, request)
    if asked.kind is not RequestKind.ERASE or asked.state is not RequestState.ACKNOWLEDGED:
        raise WrongStepError(asked.state.value)
    return asked
