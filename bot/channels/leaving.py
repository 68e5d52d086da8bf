"""The route of links that leave for the portal."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.store import Store
from bot.channels.tasks import trace
from bot.dossiers.milestone import Milestone
from bot.dossiers.progress import Reached
from bot.dossiers.store import record
from bot.leaving import PATH, read_departure

logger = logging.getLogger(__name__)


class Leaving:
    """``secret``: the key that signed the links. ``elsewhere``: where a broken link leads."""

    def __init__(self, store: Store, secret: str, elsewhere: str, now: Callable[[], float]) -> None:
        self._store, self._secret, self._elsewhere, self._now = store, secret, elsewhere, now

    def routes(self) -> list[Route]:
        """``GET /di/{token}``."""
        return [Route(PATH + "/{token}", self.leave, methods=["GET"])]

    async def leave(self, request: Request) -> Response:
        """On to the portal, counted once for each draft. Not being able to count keeps nobody here."""
        departure = read_departure(request.path_params["token"], self._secret)
        if departure is None:
            return _to(self._elsewhere)
        if request.method == "HEAD":
            # Previews of links look without anybody having opened them.
            return _to(departure.url)
        step = Reached(departure.draft_id, departure.procedure_code, Milestone.OPENED)
        try:
            await self._store.run(record, step, departure.channel, self._now())
        except Exception as error:
            logger.error("an opened link was not counted: %s", trace(error))
        return _to(departure.url)


def _to(url: str) -> RedirectResponse:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return RedirectResponse(url, 302, headers)
