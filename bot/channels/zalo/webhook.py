"""The webhook Zalo calls: checks, one durable row, 200. Zalo gives up after two seconds and then repeats.

Zalo delivers at least once and out of order; repeats are found by message id in ``Hub.accept``.
"""

import logging
from collections.abc import Awaitable, Callable
from enum import Enum

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.decoding import NEVER_STORABLE, body_of
from bot.channels.hub import Hub
from bot.channels.message import Incoming
from bot.channels.zalo.events import Echo, Ignored, label, understand
from bot.channels.zalo.metrics import ECHOES, EVENTS, REFUSED_CALLS
from bot.channels.zalo.signature import is_fresh, verified
from bot.channels.zalo.wire import Envelope, parse
from bot.settings import Settings

PATH = "/webhooks/zalo/webhook"
MAX_BYTES = 256 * 1024

Settle = Callable[[str, str, str], Awaitable[bool]]
"""``(external id, message id, text)`` of a message that arrived; true when this decided an open call."""

logger = logging.getLogger(__name__)


class Refused(str, Enum):
    """Why a call is not taken; label of the counter."""

    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    OTHER_APP = "other_app"
    SIGNATURE = "signature"
    STALE = "stale"
    UNUSABLE = "unusable"
    FAILED = "failed"


_STATUS = {
    Refused.TOO_LARGE: 413,
    Refused.MALFORMED: 400,
    Refused.OTHER_APP: 403,
    Refused.SIGNATURE: 401,
    Refused.STALE: 401,
    # Genuine: refused with an error, Zalo would send it again and again.
    Refused.UNUSABLE: 200,
    Refused.FAILED: 503,
}


class Webhook:
    """``settle`` learns of every message the account sent: calls that ended without an answer are decided."""

    def __init__(self, hub: Hub, settings: Settings, settle: Settle) -> None:
        self._hub = hub
        self._app_id = settings.zalo_app_id
        self._oa_id = settings.zalo_oa_id
        self._secret = settings.zalo_oa_secret
        self._settle = settle

    def routes(self) -> list[Route]:
        """``GET`` answers probes, ``POST`` takes events."""
        return [Route(PATH, self._get, methods=["GET"]), Route(PATH, self._post, methods=["POST"])]

    async def _get(self, _request: Request) -> Response:
        return Response(status_code=200)

    async def _post(self, request: Request) -> Response:
        raw = await body_of(request, MAX_BYTES)
        if raw is None:
            return _refuse(Refused.TOO_LARGE)
        header = request.headers.get("x-zevent-signature", "")
        if not header and raw.strip() in (b"", b"{}"):
            return Response(status_code=200)  # the console tries the address like this before saving it
        try:
            event = parse(raw)
        except msgspec.DecodeError:
            stamp = request.headers.get("x-zevent-timestamp", "")
            genuine = verified(self._app_id, raw, self._secret, header, [stamp]) is not None
            return _refuse(Refused.UNUSABLE if genuine else Refused.MALFORMED)
        if not self._app_id or event.app_id != self._app_id or not event.concerns(self._oa_id):
            return _refuse(Refused.OTHER_APP)
        stamps = [request.headers.get("x-zevent-timestamp", ""), event.timestamp]
        signed_at = verified(self._app_id, raw, self._secret, header, stamps)
        if signed_at is None:
            return _refuse(Refused.SIGNATURE)
        if not is_fresh(signed_at, self._hub.now()):
            return _refuse(Refused.STALE)
        return await self._take(event, raw)

    async def _take(self, event: Envelope, raw: bytes) -> Response:
        EVENTS.labels(label(event.event_name)).inc()
        try:
            found = understand(event, raw, self._oa_id)
        except ValueError:
            logger.warning("zalo: an event %s has malformed ids or times", label(event.event_name))
            return Response(status_code=200)
        try:
            if isinstance(found, Incoming):
                await self._hub.accept(found)
            elif isinstance(found, Echo):
                await self._echo(found)
            elif isinstance(found, Ignored):
                logger.info("zalo: ignored event %s", _printable(found.name))
        except NEVER_STORABLE as error:
            logger.error("zalo: an event can never be stored: %s", type(error).__name__)
            return _refuse(Refused.UNUSABLE)
        except Exception as error:
            # Not acknowledged, so Zalo repeats it. The error may quote the citizen: only its kind is kept.
            logger.error("zalo: an event could not be stored: %s", type(error).__name__)
            return _refuse(Refused.FAILED)
        return Response(status_code=200)

    async def _echo(self, echo: Echo) -> None:
        settled = await self._settle(echo.external_id, echo.message_id, echo.text)
        ECHOES.labels("staff" if echo.admin_id else "settled" if settled else "known").inc()


def _refuse(reason: Refused) -> Response:
    REFUSED_CALLS.labels(reason.value).inc()
    if reason is Refused.SIGNATURE:
        logger.warning("zalo: a webhook call has a wrong signature; is the OA secret key right?")
    return Response(status_code=_STATUS[reason])


def _printable(name: str) -> str:
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "_"))[:60]
