"""``GET /phieu-hen/{token}``: the receipt of an announcement, to be shown or printed."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateways.register.registration import PATH, Registration
from bot.gateways.register.store import Registrations
from bot.gateways.states import RegistrationState
from bot.gateways.values import LOCAL
from bot.pages.render import Pages


def routes(registrations: Registrations, pages: Pages) -> list[Route]:
    """The receipt page; an unknown address gets a plain page with status 404."""

    async def receipt(request: Request) -> Response:
        found = await run_in_threadpool(registrations.behind, request.path_params["token"])
        if found is None:
            return pages.notice("receipt_unknown", 404)
        day = f"{found.day:%d/%m/%Y}" if found.day else pages.say("receipt_any_day")
        made = f"{datetime.fromtimestamp(found.created_at, LOCAL):%H:%M %d/%m/%Y}"
        return pages.html("receipt.html", receipt=found, day=day, made=made, state=_state(pages, found))

    return [Route(f"{PATH}/{{token}}", receipt, methods=["GET"])]


def _state(pages: Pages, found: Registration) -> str:
    name = f"receipt_{found.state.value}"
    if found.state is RegistrationState.ACCEPTED and found.dossier_code:
        return pages.say(f"{name}_code", code=found.dossier_code)
    if found.state is RegistrationState.REFUSED:
        return pages.say(name, reason=found.reason or "")
    return pages.say(name)
